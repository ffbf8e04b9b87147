"""Tables too large for one machine: read, scored and written by Spark, with the same expression as everywhere else."""

from cvp.tables.spark.cells import distinct_cells
from cvp.tables.spark.opening import read, session
from cvp.tables.spark.tuning import tuned
from cvp.tables.spark.writing import USUAL, Counts, write_scores

__all__ = ["USUAL", "Counts", "distinct_cells", "read", "session", "tuned", "write_scores"]
