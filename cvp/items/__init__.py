"""How well a questionnaire's own questions work, from many respondents' answers: nothing here is about the company.

`Tallies` are all that has to be counted of the rows, however many there are; `analysis_of` makes statistics of them,
and a plain verdict on every question and level.
"""

from cvp.items.analysis import Item, ItemAnalysis, Scale, analysis_of
from cvp.items.tallies import Answers, Tallies

__all__ = ["Answers", "Item", "ItemAnalysis", "Scale", "Tallies", "analysis_of"]
