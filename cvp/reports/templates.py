"""Reports from Jinja templates: ours, or a user's own; and what every template may use."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import BaseLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined

from cvp.reports import Look, sentences
from cvp.reports.brand import Brand
from cvp.reports.fitting import fitted
from cvp.reports.labels import label
from cvp.reports.palette import palette, step_of
from cvp.reports.story.blocks import Block, Card, Story, runs
from cvp.reports.story.chart_tables import table_of
from cvp.reports.story.charts import Chart, Rung
from cvp.speaking import _, decimal, ngettext, pgettext

Finalize = Callable[[object], str]
"""Makes a foreign value a text of the medium. What a template made of it is Markup already, and stays as it is."""

OURS: Final = "cvp"
"""How a template names ours: `{% extends "cvp/report.html.jinja" %}`."""

LONG: Final = 2500
"""Characters."""

_FOLDERS: Final = tuple(Path(__file__).parent / medium for medium in ("html", "markdown"))


def fill(name: str, story: Story, look: Look, finalize: Finalize) -> str:
    """The template of ours with this story, or the user's own of that name where they have a folder of templates.

    Raises Unreadable for a template of theirs that cannot be filled.
    """
    if look.brand.templates:
        from cvp.reports.own_templates import fill_own

        return fill_own(look.brand.templates, name, context(story, look.brand), finalize)
    return fill_ours(name, story, look, finalize)


def fill_ours(name: str, story: Story, look: Look, finalize: Finalize, **more: object) -> str:
    """The template of ours with this story, and what else it is given."""
    return _ours(finalize).get_template(f"{OURS}/{name}").render(context(story, look.brand), **more)


@cache
def _ours(finalize: Finalize) -> Environment:
    return prepared(Environment(loader=our_loader(), finalize=finalize, **SETTINGS))  # noqa: S701 - SETTINGS escape


SETTINGS: Final[Mapping[str, Any]] = {  # the arguments of an Environment are of all types
    "autoescape": True,
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
    "auto_reload": False,
}


def our_loader() -> BaseLoader:
    return PrefixLoader({OURS: FileSystemLoader(_FOLDERS)})


def prepared(environment: Environment) -> Environment:
    """With our filters, and our words in the language spoken."""
    environment.filters.update(FILTERS)
    environment.globals.update({"_": _, "ngettext": ngettext, "pgettext": pgettext})
    return environment


def context(story: Story, brand: Brand) -> dict[str, object]:
    """What a template is filled with."""
    return {
        "story": story,
        "title": brand.title or story.title,
        "client": brand.client,
        "logo": brand.logo.data_uri if brand.logo else "",
        "light": palette(brand.accent),
        "dark": palette(brand.accent, dark=True),
    }


def bar_of(share: float) -> str:
    """Ten signs, so many of them full."""
    full = max(0, min(10, round(share * 10)))
    return "█" * full + "░" * (10 - full)


def css_string(text: str) -> str:
    """What may stand between quotes in a style sheet: every sign but letters and digits as an escape of CSS."""
    return "".join(sign if sign.isascii() and sign.isalnum() else f"\\{ord(sign):x} " for sign in fitted(text, 70))


def percent(share: float) -> str:
    """A length in a picture, as a share of its width."""
    return f"{max(0.0, min(1.0, share)):.2%}"


def kind(part: Block | Chart) -> str:
    """The name of its class in small, which is that of the macro that draws it."""
    return type(part).__name__.lower()


def is_long(card: Card) -> bool:
    """Whether it may be cut by the end of a page, since it may be longer than one."""
    return sum(len(text) for _, text in card.fields) > LONG


def rung_words(rung: Rung) -> str:
    """Score and state of a gate."""
    return f"{sentences.score(rung.score, rung.passing)} {rung.state}"


FILTERS: Final[Mapping[str, Callable[..., object]]] = {
    "bar_of": bar_of,
    "css_string": css_string,
    "decimal": decimal,
    "fitted": fitted,
    "is_long": is_long,
    "kind": kind,
    "label": label,
    "percent": percent,
    "rung_words": rung_words,
    "runs": runs,
    "step_of": step_of,
    "table_of": table_of,
    "two_decimals": sentences.score,
}
