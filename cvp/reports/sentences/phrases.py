"""Figures, names and lists as they stand in sentences and tables, in the language spoken."""

from collections.abc import Iterable
from typing import Final

from cvp import speaking
from cvp.assessment import Lift
from cvp.speaking import N_, _, decimal, main_language, ngettext, pgettext
from cvp.text import and_list

LANGUAGES: Final = {"en": N_("English"), "de": N_("German"), "es": N_("Spanish"), "fr": N_("French")}
"""Those that cvp speaks."""


def quoted(text: str) -> str:
    return _("“{text}”").format(text=text)


def listed(words: list[str]) -> str:
    """`a, b and c`."""
    return and_list(words, _("and"))


def language_name(tag: str) -> str:
    """`German` for `de`, and `German (de-AT)`; of a language that cvp does not speak, the tag alone."""
    main = main_language(tag)
    if main not in LANGUAGES:
        return tag
    return _(LANGUAGES[main]) if tag == main else f"{_(LANGUAGES[main])} ({tag})"


def between_figures() -> str:
    """What separates parts that may end in a figure: no comma where that is the decimal mark."""
    return pgettext("between parts that may end in a figure", ", ")


def in_a_row(parts: Iterable[str]) -> str:
    """`Would miss you to 0.75, Job named to 0.50`."""
    return between_figures().join(parts)


def lifted(lifts: Iterable[Lift]) -> str:
    """`Would miss you to 0.75`, and whatever else a move lifts."""
    return in_a_row(_("{question} to {score}").format(question=lift.short, score=score(lift.after)) for lift in lifts)


def level_label(number: int) -> str:
    """`Level 2`."""
    return _("Level {level}").format(level=number)


def whole(number: int) -> str:
    """`1,250`."""
    return decimal(number, ",")


def percent(share: float) -> str:
    """`45%`."""
    return decimal(share, ".0%")


def percent_range(low: float, high: float) -> str:
    """`38–52%`."""
    return f"{decimal(100 * low, '.0f')}–{percent(high)}"


def score(share: float | None, passing: float | None = None) -> str:
    """Two decimals; never rounded up to a threshold that is not reached."""
    return "–" if share is None else speaking.score(share, passing)


def signed(value: float) -> str:
    """Two decimals with a real minus, and none before a zero."""
    return decimal(value, "z.2f").replace("-", "−")


def days(effort: int) -> str:
    """After `working_days` has said once what kind of days they are."""
    return ngettext("{n} day", "{n} days", effort).format(n=effort)


def working_days(effort: int) -> str:
    return ngettext("{n} working day", "{n} working days", effort).format(n=effort)


def and_more(number: int) -> str:
    """Below a list that is cut short."""
    return ngettext("and {n} more", "and {n} more", number).format(n=number)


def merged(groups: int) -> str:
    """The name of groups that were put together for being small."""
    return _("other ({n} groups)").format(n=groups)


def named(name: str, text: str) -> str:
    """`Would miss you: They said so.`"""
    return _("{name}: {text}").format(name=name, text=text)


def content(questionnaire: str, version: str, sha256: str) -> str:
    """`level4 1.0.0, content 0123456789ab`."""
    return _("{id} {version}, content {hash}").format(id=questionnaire, version=version, hash=sha256[:12])
