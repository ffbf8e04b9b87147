"""What stands in columns of a Spark frame."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def distinct_cells(frame: "DataFrame", positions: Collection[int], most: int) -> Mapping[int, list[str] | list[float]]:
    """By position, the distinct cells of columns but nulls: of each the first `most` in the order of their texts.

    Cells of number columns are floats, all others texts. No more than these leave the cluster.
    """
    from pyspark.sql import Window
    from pyspark.sql.functions import array, col, explode, lit, row_number, struct
    from pyspark.sql.types import NumericType

    plain = frame.toDF(*(f"c{position}" for position in range(len(frame.columns))))
    pairs = [struct(lit(at).alias("at"), col(f"c{at}").cast("string").alias("cell")) for at in positions]
    distinct = plain.select(explode(array(*pairs)).alias("pair")).select("pair.*").dropna().distinct()
    place = row_number().over(Window.partitionBy("at").orderBy("cell"))
    texts: dict[int, list[str]] = {position: [] for position in positions}
    for at, cell in distinct.withColumn("place", place).filter(col("place") <= most).select("at", "cell").collect():
        texts[at].append(cell)
    types = [field.dataType for field in frame.schema.fields]
    return {
        at: [float(cell) for cell in cells] if isinstance(types[at], NumericType) else cells
        for at, cells in texts.items()
    }
