"""A claim and its buyers on the command line: which of two files is which, and the measure in a summary or a table."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from cvp.catalogue import BUYERS
from cvp.tables.files.sources import ENDINGS

if TYPE_CHECKING:
    from cvp.assessment import Assessment
    from cvp.comparing.claim import ClaimComparison
    from cvp.comparing.measure import Measure

Kind: TypeAlias = Literal["assessment", "summary", "table"]

_BINARY: Final = (b"PAR1", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a table of buyers is read; None and empty where the options say nothing."""

    questionnaire: str | None = None
    by: tuple[str, ...] = ()
    map: str | None = None
    date: str | None = None
    self_selected: bool = False

    @property
    def given(self) -> str | None:
        """An option that only a table has use for."""
        options = {
            "--questionnaire": self.questionnaire,
            "--by": self.by,
            "--map": self.map,
            "--date": self.date,
            "--self-selected": self.self_selected,
        }
        return next((option for option, value in options.items() if value), None)


def kind_of(name: str) -> Kind:
    """What a file holds, by its content: what is neither a summary nor a table is left for an assessment's reader."""
    start = _start_of(name)
    if start.startswith(_BINARY):
        return "table"
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"{"):
        return _kind_of_json(name)
    return "table" if name.lower().endswith(ENDINGS) else "assessment"


def _start_of(name: str) -> bytes:
    try:
        if not os.path.isfile(name):
            return b""
        with open(name, "rb") as file:
            return file.read(512)
    except (OSError, ValueError):
        return b""


def _kind_of_json(name: str) -> Kind:
    """One object is what its `cvp` says; an object a line is a table."""
    from cvp.reading import MAX_BYTES

    with open(name, "rb") as file:
        first = file.readline(MAX_BYTES)
        whole = first + file.read(MAX_BYTES - len(first))
    said = _object_in(first) or _object_in(whole) or {}
    kind = said.get("cvp")
    if isinstance(kind, str) and kind.startswith("batch/"):
        return "summary"
    return "table" if "cvp" not in said and _object_in(first) is not None else "assessment"


def _object_in(text: bytes) -> dict[str, object] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def compare_with_buyers(
    files: Sequence[str], kinds: Sequence[Kind], company: str | None, wanted: Wanted, lang: str | None
) -> "ClaimComparison":
    """The claim beside the measure, in whichever order they were given, in the language `lang`, else in the claim's.

    Raises WrongUsage, DifferentQuestionnaires, MissingExtra, Unreadable, Unmatched and Invalid.
    """
    from cvp.commands.languages import in_language
    from cvp.commands.saved import refuse_unsound
    from cvp.comparing.claiming import compare_claim
    from cvp.errors import Unreadable, WrongUsage
    from cvp.loading import load_assessment

    if len(files) > 2 or kinds.count("assessment") != 1:
        raise WrongUsage(
            "a claim is compared with one measure: cvp compare CLAIM BUYERS, an assessment as assess --save keeps it "
            "and its buyers' answers, a table or what batch --summary FILE.json wrote"
        )
    own, theirs = sorted(files, key=lambda file: kinds[files.index(file)] != "assessment")
    kind = kinds[files.index(theirs)]
    if kind == "summary" and wanted.given:
        raise WrongUsage(f"{wanted.given}: is for a table; {theirs} is a summary, which says that already")
    claim = load_assessment(own)
    refuse_what_is_no_claim(own, claim)
    refuse_unsound(own, claim)
    claim = in_language(own, claim, lang)
    measure = _measure(theirs, kind, wanted, claim.language)
    refuse_what_does_not_mirror(own, claim, theirs, measure)
    if measure.everyone is None:
        few = f"fewer than {measure.min_group} buyers count, and so few are not shown"
        raise Unreadable(f"{theirs}: {few}; ask more of them")
    return compare_claim(claim, measure, company)


def refuse_what_is_no_claim(file: str, claim: "Assessment") -> None:
    """Raises DifferentQuestionnaires for what a buyer answered, Unreadable for what claims nothing."""
    from cvp.errors import DifferentQuestionnaires, Unreadable

    if claim.perspective != "company":
        raise DifferentQuestionnaires(
            f"{file}: is answered by buyers, and no claim; give the company's own assessment, by "
            f"{_mirrored(claim.questionnaire.id) or 'the questionnaire that theirs mirrors'}"
        )
    if all(level.score is None for level in claim.levels):
        raise Unreadable(
            f"{file}: answers nothing that counts for a level, and so claims nothing to hold beside what buyers say; "
            "answer it first, or see what they say alone with `cvp batch`"
        )


def refuse_what_does_not_mirror(own: str, claim: "Assessment", theirs: str, measure: "Measure") -> None:
    """Raises DifferentQuestionnaires where what buyers answered does not mirror what the company did."""
    from cvp.errors import DifferentQuestionnaires
    from cvp.text import one_line

    asked, name = measure.questionnaire, one_line(measure.questionnaire.id)
    if asked.perspective != "buyer":
        raise DifferentQuestionnaires(
            f"{theirs}: counts answers to `{name}`, which companies give about themselves; a measure is what "
            f"buyers answer, as to `{BUYERS}`"
        )
    mirrored = measure.mirrors_of or _mirrored(asked.id)
    if mirrored is None:
        raise DifferentQuestionnaires(
            f"{theirs}: `{name}` does not say which questionnaire it mirrors; name it there, as in "
            f"`mirrors_of: {claim.questionnaire.id}`, and count the answers again"
        )
    if not _is_of(claim, mirrored):
        raise DifferentQuestionnaires(
            f"{own} is by `{claim.questionnaire.id}`, and {theirs} by `{name}`, which mirrors `{one_line(mirrored)}`; "
            f"assess the company by that one, or ask its buyers what mirrors `{claim.questionnaire.id}`"
        )


def _mirrored(name: str) -> str | None:
    """What the shipped questionnaire of this id mirrors."""
    from cvp.catalogue import shipped
    from cvp.loading import load_questionnaire

    return load_questionnaire(name).mirrors_of if name in shipped() else None


def _is_of(claim: "Assessment", mirrored: str) -> bool:
    """Whether the claim is by that questionnaire (an id or a path), or by a selection from a shipped one."""
    from cvp.catalogue import shipped
    from cvp.comparing.replay import questions_by_id
    from cvp.loading import load_questionnaire

    if claim.questionnaire.id in (mirrored, os.path.splitext(os.path.basename(mirrored))[0]):
        return True
    if mirrored not in shipped() or claim.questionnaire.id not in shipped():
        return False
    return questions_by_id(claim).keys() <= load_questionnaire(mirrored).questions.keys()


def _measure(name: str, kind: Kind, wanted: Wanted, language: str) -> "Measure":
    from cvp.commands.languages import labels_in
    from cvp.summaries import load_measure, measure_in

    if kind == "summary":
        return labels_in(name, load_measure(name), language)
    return measure_in(name, _summarised(name, wanted, language).encode())


def _summarised(name: str, wanted: Wanted, language: str) -> str:
    """What `cvp batch --summary` would write of the table in the language, where there are texts in it."""
    from dataclasses import replace

    from cvp.commands.failing import say
    from cvp.commands.given import day_of
    from cvp.errors import MissingExtra, missing

    try:
        from cvp.batch.opening import opened
        from cvp.batch.placing import Placing
        from cvp.batch.running import run
        from cvp.batch.summary_files import as_json
        from cvp.batch.wishes import Wishes
        from cvp.reports.story.segments import flow_sentence
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("cvp"):
            raise
        instead = "or give what cvp batch --summary FILE.json wrote elsewhere"
        raise MissingExtra(f"{missing(f'{name}: is a table, which', error.name, 'tables')}; {instead}") from None
    wishes = Wishes(
        inputs=(name,), date=day_of(wanted.date), map=wanted.map, by=wanted.by, self_selected=wanted.self_selected
    )
    batch = opened(wishes, wanted.questionnaire or BUYERS)
    for note in batch.notes:
        say(f"cvp: {note}")
    done = run(batch, wishes, Placing())
    for sentence in (*done.said, flow_sentence(done.flow)):
        say(f"cvp: {sentence}")
    assert done.summary
    return as_json(replace(done.summary, wanted_language=language))
