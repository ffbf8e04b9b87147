"""Figures, names and lists as they stand in sentences and tables, in the language spoken."""

from cvp.speaking import _, decimal, ngettext
from cvp.text import and_list


def quoted(text: str) -> str:
    return _("“{text}”").format(text=text)


def listed(words: list[str]) -> str:
    """`a, b and c`."""
    return and_list(words, _("and"))


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
    return "–" if share is None else decimal(rounded(share, passing), ".2f")


def rounded(share: float, passing: float | None = None) -> float:
    """To two decimals; never up to a threshold that is not reached."""
    near = round(share, 2)
    return near - 0.01 if passing is not None and share < passing <= near else near


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
