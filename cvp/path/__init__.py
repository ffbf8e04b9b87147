"""What to do next: the cheapest way up, exactly.

A gate that holds needs nothing, and what is open in it stays open. In one that does not, an open answer counts at its
lowest choice, so that the way is safe whatever the answer turns out to be. A recommendation that lifts nothing today is
never taken and counts as done. Of all sets that reach a level the cheapest is taken: the least effort, then the fewest
moves, then the set whose first places in the file come first.
"""

from cvp.path.constraints import Constraints
from cvp.path.options import Option, Options, options_of
from cvp.path.order import steps_of, way_to
from cvp.path.phases import Phase, phases_of, working_days
from cvp.path.plans import Plan, plan_for
from cvp.path.steps import Step, step_of, useful_steps
from cvp.path.variants import Alternative, alternatives, resized, safe_bets

__all__ = [
    "Alternative",
    "Constraints",
    "Option",
    "Options",
    "Phase",
    "Plan",
    "Step",
    "alternatives",
    "options_of",
    "phases_of",
    "plan_for",
    "resized",
    "safe_bets",
    "step_of",
    "steps_of",
    "useful_steps",
    "way_to",
    "working_days",
]
