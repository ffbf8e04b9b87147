"""What to do next: the cheapest way up, exactly.

A gate that holds needs nothing, and what is open in it stays open. In one that does not, an open answer counts at its
lowest choice, so that the way is safe whatever the answer turns out to be. A recommendation that lifts nothing today is
never taken and counts as done. Of all sets that reach a level the cheapest is taken: the least effort, then the fewest
moves, then the set whose first places in the file come first.

options → needs → problem → stages → sweep → search → plans → order, variants, phases: each module knows those before
it. Here stands what others need without a search; `plan_for`, `way_to` and the like are imported from their modules.
"""

from cvp.path.constraints import Constraints
from cvp.path.phases import working_days
from cvp.path.steps import Step, step_of, useful_steps

__all__ = ["Constraints", "Step", "step_of", "useful_steps", "working_days"]
