"""Whether somebody forgot to name the questionnaire that a table answers."""

from collections.abc import Sequence

from cvp.catalogue import shipped
from cvp.loading import load_questionnaire
from cvp.questionnaire import Questionnaire
from cvp.tables.answering.fitting import questions_fitting
from cvp.tables.answering.mapping import NO_MAP, Map
from cvp.tables.table import Table


def better_questionnaire(tables: Sequence[Table], questionnaire: Questionnaire, map_: Map) -> str | None:
    """A sentence that names a shipped questionnaire which fits a table's header far better; None where none does."""
    found = [(questions_fitting(table.layout, questionnaire, map_), table) for table in tables]
    unfit = [(count, table) for count, table in found if 2 * count < len(questionnaire.questions)]
    others = [load_questionnaire(name) for name in shipped() if name != questionnaire.id] if unfit else []
    for few, table in unfit:
        fits = [(questions_fitting(table.layout, other, NO_MAP), other) for other in others]
        count, best = max(fits, key=lambda fit: fit[0] / len(fit[1].questions))
        is_twice = count * len(questionnaire.questions) >= 2 * max(1, few) * len(best.questions)
        if count >= max(2, few) and is_twice and 2 * count >= len(best.questions):
            fitting = f"--questionnaire {best.id} fits {count} of its {len(best.questions)} questions"
            return f"{table.name}: {fitting}, `{questionnaire.id}` {few} of its {len(questionnaire.questions)}."
    return None
