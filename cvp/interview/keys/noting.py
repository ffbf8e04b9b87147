"""Keys for what is noted at a question, which stays whatever is answered, and for marks."""

from collections.abc import Iterator
from typing import Final

from cvp.answers import Evidence, Remark, last_day
from cvp.interview.changes import Marked, Noted
from cvp.interview.keys.answering import LONGEST
from cvp.interview.progress import so_far
from cvp.interview.state import Interview
from cvp.speaking import N_, _
from cvp.text import one_line

_CLEAR: Final = "-"
_BETWEEN: Final = " / "
_MOST: Final = 10_000
"""How long all notes at one question may become together."""
_NOTHING: Final = Remark()
HOW: Final = (
    N_("Type e and a note, or evidence with its source and date, as in: e Eight of ten came back | CRM | 2012-11"),
    N_("It belongs to the question and stays when the answer changes; e - takes it away, and u brings it back."),
)


def note(interview: Interview, argument: str) -> Interview:
    """`TEXT` is a note more, `TEXT | SOURCE | DATE` evidence; `-` takes all away; nothing typed shows what is there."""
    question = interview.here
    before = interview.record.remarks.get(question, _NOTHING)
    if not argument:
        return interview.saying(*(noted(before) if before else (_("Nothing is noted here."),)), *map(_, HOW))
    if argument == _CLEAR:
        if not before:
            return interview.saying(_("Nothing is noted here."))
        return _kept(interview, question, _NOTHING, _("Taken away: what was noted here; u brings it back."))
    remark = _added(before, [one_line(part) for part in argument.split("|")])
    if isinstance(remark, str):
        return interview.saying(remark)
    said = _("Noted: {text}") if remark.evidence == before.evidence else _("Noted as evidence: {text}")
    return _kept(interview, question, remark, said.format(text=one_line(argument)))


def noted(remark: Remark) -> Iterator[str]:
    """What is noted, a paragraph a piece."""
    if remark.note:
        yield _("Note: {text}").format(text=remark.note)
    for evidence in remark.evidence:
        told = ", ".join(part for part in (evidence.source, evidence.date) if part)
        text = f"{evidence.text} ({told})" if told else evidence.text
        yield _("Evidence: {text}").format(text=text)


def _added(before: Remark, parts: list[str]) -> Remark | str:
    """With a note or a piece of evidence more, or what to say where it will not do."""
    text, *more = parts
    if not text:
        return _("The text is missing before the bar; as in: e Eight of ten came back | CRM | 2012-11")
    if len(more) > 2:
        return _("That has too many bars; text, source and date are all: e Eight of ten came back | CRM | 2012-11")
    if max(map(len, parts)) > LONGEST:
        return _("That text is too long; please say it in {most} characters.").format(most=LONGEST)
    if not more:
        longer = _BETWEEN.join(filter(None, (before.note, text)))
        return before.model_copy(update={"note": longer}) if len(longer) <= _MOST else _("The note is full.")
    source, date = (*more, "")[:2]
    if date and (wrong := _no_date(date)):
        return wrong
    evidence = Evidence(text=text, source=source or None, date=date or None)
    return before.model_copy(update={"evidence": (*before.evidence, evidence)})


def _no_date(text: str) -> str:
    try:
        last_day(text)
    except ValueError:
        return _('"{text}" is no date; write 2012-11 or 2012-11-30').format(text=text[:30])
    return ""


def _kept(interview: Interview, question: str, remark: Remark, said: str) -> Interview:
    """The date of evidence may make an answer stale, or fresh again."""
    after = interview.after(Noted(question=question, remark=remark))
    before, now = (moment.outcome.case.states[question] for moment in (interview, after))
    if now == before:
        return after.saying(said)
    stale = _("The newest evidence here is too old, so the answer counts as open.") if now == "stale" else ""
    return after.saying(said, *filter(None, (stale,)), so_far(after))


def mark(interview: Interview, _argument: str) -> Interview:
    """Marks the question for review, or no longer."""
    question = interview.here
    on = question not in interview.record.marked
    said = _("Marked for review; the end lists it, and g m goes to what is marked.") if on else _("No longer marked.")
    return interview.after(Marked(question=question, on=on)).saying(said)
