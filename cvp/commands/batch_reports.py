"""What `cvp batch` tells of all rows together: a summary, and how the questions work; to files or standard output."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from cvp import formats, reports
from cvp.batch.wishes import Wishes
from cvp.commands.failing import say
from cvp.commands.screen import STDOUT, look_of_stdout, put
from cvp.errors import WrongUsage

if TYPE_CHECKING:
    from cvp.batch.placing import Placing
    from cvp.batch.running import Done

Targets = Mapping[str, str | None]
"""Where people want them, by option."""


@dataclass(frozen=True)
class _Report:
    """What there is to tell, and how programs are told it; `said` is a sentence to print."""

    target: str
    format: str
    subject: object
    as_json: Callable[[], str]
    as_csv: Callable[[], str]
    said: str = ""

    def for_programs(self) -> str | None:
        made = {"json": self.as_json, "csv": self.as_csv}.get(self.format)
        return made() if made else None


def make(wishes: Wishes, targets: Targets, done: "Done", files: "Placing") -> None:
    """Those that are files. Raises Unwritable."""
    for one in _reports(wishes, targets, done):
        if one.target != STDOUT:
            made = one.for_programs() or reports.report(one.format).render(one.subject, look_of_stdout())
            files.save(one.target, made.encode() if isinstance(made, str) else made)


def show(wishes: Wishes, targets: Targets, done: "Done") -> None:
    """Prints the others, and what there is to say of any."""
    for one in _reports(wishes, targets, done):
        if one.said:
            say(f"cvp: {one.said}")
        if one.target == STDOUT:
            put(one.subject, one.format, look_of_stdout(), STDOUT)


def format_of(option: str, name: str) -> str:
    """The format that a file's ending means. Raises WrongUsage."""
    found = formats.format_of(name, reports.FORMATS)
    kind = option.removeprefix("--").replace("-", " ")
    if found not in ("terminal", "html", "markdown", "json", "csv"):
        raise WrongUsage(f"{option} {name}: its ending means no {kind}; end it with .html, .md, .csv, .json or .txt")
    return found


def _reports(wishes: Wishes, targets: Targets, done: "Done") -> Iterator[_Report]:
    if done.summary:
        from cvp.batch import summary_files

        summary = replace(done.summary, wanted_language=wishes.language)
        makers = partial(summary_files.as_json, summary), partial(summary_files.as_csv, summary)
        yield _Report(*_target("--summary", targets), summary, *makers)
    if done.items:
        from cvp.batch import item_files
        from cvp.reports.story.items import in_short

        items = replace(done.items, wanted_language=wishes.language)
        makers = partial(item_files.as_json, items), partial(item_files.as_csv, items)
        yield _Report(*_target("--item-analysis", targets), items, *makers, in_short(done.items))


def _target(option: str, targets: Targets) -> tuple[str, str]:
    """Where to, and in which format."""
    name = targets[option] or STDOUT
    return name, reports.TERMINAL if name == STDOUT else format_of(option, name)
