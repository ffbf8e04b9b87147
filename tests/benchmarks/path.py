"""How long the exact path takes, and what it spares over a greedy one: python tests/benchmarks/path.py [HOW MANY]"""

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from greedy import Greedy

sys.path.insert(0, str(Path(__file__).parent.parent))

from thickets import Thicket, forest

from cvp.answers import last_day
from cvp.catalogue import folder
from cvp.gates import scale_of
from cvp.level import LEVELS
from cvp.loading import Finder, load_answers
from cvp.path.options import options_of
from cvp.path.order import steps_of
from cvp.path.plans import Plan, plan_for
from cvp.path.variants import alternatives, safe_bets
from cvp.scoring.case import Case

ROUNDS = 3


def main() -> None:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    forests = [forest(Random(seed)) for seed in range(many)]
    print(f"{many} random questionnaires, 60 criteria, 30 recommendations, Level 4 in reach")
    show("path to Level 4 alone", [seconds(path, f) for f in forests])
    show("with each level, order, safe bets, alternatives", [seconds(everything, f) for f in forests])
    show("greedy", [seconds(greedy, f) for f in forests])
    compare([path(f) for f in forests], [greedy(f) for f in forests])
    print("\nthe cases of the shipped questionnaires, with everything")
    for file in sorted((folder() / "cases").glob("*.yaml")):
        if (case := case_of(file)) and (plan := path(case)).taken:
            spared = f"{plan.effort} days, greedy {greedy(case).effort}"
            print(f"  {file.stem:<28}{seconds(everything, case) * 1000:7.1f} ms   {spared}")


def path(thicket: Thicket) -> Plan:
    return plan_for(options_of(thicket.questionnaire, thicket.now))


def everything(thicket: Thicket) -> None:
    """What an assessment says of paths."""
    options = options_of(thicket.questionnaire, thicket.now)
    plans = [plan_for(options, level) for level in LEVELS[thicket.now.standing.level :]]
    for plan in plans:
        steps_of(plan)
    for plan in {id(plan): plan for plan in (plans[0], plans[-1])}.values():
        safe_bets(plan)
        alternatives(plan)


def greedy(thicket: Thicket) -> Greedy:
    return Greedy(thicket.questionnaire, thicket.now).climb()


def case_of(file: Path) -> Thicket | None:
    """A case of one respondent."""
    answers, asked = load_answers(str(file), Finder(str(file)))
    if answers.answers is None or answers.date is None:
        return None
    case = Case(asked, answers.answers, last_day(answers.date), asked.default_language, scale_of(asked))
    return Thicket(asked, case.evaluation)


def seconds(work: Callable[[Thicket], object], thicket: Thicket) -> float:
    """The best of a few rounds."""
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work(thicket)
        taken.append(time.perf_counter() - start)
    return min(taken)


def show(name: str, taken: Sequence[float]) -> None:
    print(f"  {name:<48} median {statistics.median(taken) * 1000:7.1f} ms   worst {max(taken) * 1000:7.1f} ms")


def compare(exact: Sequence[Plan], others: Sequence[Greedy]) -> None:
    """How much more the greedy path takes where it gets as far, and what was proved."""
    pairs = [(e.effort, g.effort) for e, g in zip(exact, others, strict=True) if g.now.standing.level == 4]
    more = [theirs / ours - 1 for ours, theirs in pairs if theirs > ours]
    print(f"  proved {sum(e.exact for e in exact)} of {len(exact)}")
    print(f"  greedy: as far in {len(pairs)} of {len(exact)}, dearer in {len(more)} of these, ", end="")
    print(f"by {statistics.mean(more):.0%} on average and {max(more):.0%} at most" if more else "never by anything")


if __name__ == "__main__":
    main()
