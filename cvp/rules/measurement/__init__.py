"""CVP3xx: faults of measurement, which no schema can find. Decided by the scorer's own arithmetic, never by sampling.

What is reckoned over a level stays silent where a part of that level dropped out as faulty, and where one fault shows
in two ways, the rule that names its cause speaks and the other does not.
"""

from cvp.rules.measurement.choices import equal_scores, falling_scores, missing_extreme
from cvp.rules.measurement.criteria import (
    drowning_weight,
    idle_criterion,
    lone_decider,
    unfailing_must,
    unreachable_must,
)
from cvp.rules.measurement.levels import few_criteria, unfailing_gate, unreachable_level
from cvp.rules.measurement.recommendations import idle_recommendation, no_customer_gain, unreachable_lift
from cvp.rules.measurement.safeguards import constant_cap, idle_safeguard
from cvp.rules.measurement.way import no_way_up, unlifted_criterion

__all__ = [
    "constant_cap",
    "drowning_weight",
    "equal_scores",
    "falling_scores",
    "few_criteria",
    "idle_criterion",
    "idle_recommendation",
    "idle_safeguard",
    "lone_decider",
    "missing_extreme",
    "no_customer_gain",
    "no_way_up",
    "unfailing_gate",
    "unfailing_must",
    "unlifted_criterion",
    "unreachable_level",
    "unreachable_lift",
    "unreachable_must",
]
