"""Tables too large for one machine: read, scored and written by Spark, with the same expression as everywhere else."""

from cvp.tables.spark.cells import distinct_cells
from cvp.tables.spark.opening import read, session, spark_told
from cvp.tables.spark.tuning import reading, tuned
from cvp.tables.spark.writing import USUAL, Counts, kind_to_write, write_scores

__all__ = [
    "USUAL",
    "Counts",
    "distinct_cells",
    "kind_to_write",
    "read",
    "reading",
    "session",
    "spark_told",
    "tuned",
    "write_scores",
]
