"""Whether somebody forgot to name the questionnaire that a table answers."""

from collections.abc import Sequence

from cvp.catalogue import shipped
from cvp.loading import load_questionnaire
from cvp.questionnaire import Questionnaire
from cvp.tables.answering.fitting import questions_fitting
from cvp.tables.answering.mapping import NO_MAP, Map
from cvp.tables.table import Table


def better_questionnaire(tables: Sequence[Table], questionnaire: Questionnaire, map_: Map) -> list[str]:
    """A sentence that names a shipped questionnaire which fits a table's header far better; empty where none does."""
    for table in tables:
        found = questions_fitting(table.layout, questionnaire, map_)
        if 2 * found >= len(questionnaire.questions):
            continue
        others = [load_questionnaire(name) for name in shipped() if name != questionnaire.id]
        fits = [(questions_fitting(table.layout, other, NO_MAP), other) for other in others]
        count, best = max(fits, key=lambda fit: fit[0] / len(fit[1].questions))
        if count >= 2 * max(1, found) and 2 * count >= len(best.questions):
            fitting = f"--questionnaire {best.id} fits {count} of its {len(best.questions)} questions"
            return [f"{table.name}: {fitting}, `{questionnaire.id}` {found} of its {len(questionnaire.questions)}."]
    return []
