"""CVP2xx: names of another questionnaire: what a selection picks, what a question mirrors, what is informed."""

from collections.abc import Iterator

from cvp.document import Fault
from cvp.rules.references import unknown
from cvp.rules.subject import Subject


def unknown_pick(subject: Subject) -> Iterator[Fault]:
    """A selection picks something that its questionnaire does not ask.

    It would be left out silently. `picks` names criteria and safeguards of the questionnaire under `from`.
    """
    selection, origin = subject.selection, subject.origin
    if selection and origin:
        kinds = (
            ("criterion", "criteria", selection.picks.criteria, [c.id for c in origin.criteria]),
            ("safeguard", "safeguards", selection.picks.safeguards, [s.id for s in origin.safeguards]),
        )
        for kind, part, picked, known in kinds:
            for index, key in enumerate(picked):
                if key not in known:
                    yield unknown(kind, key, known, ("picks", part, index))


def unknown_origin(subject: Subject) -> Iterator[Fault]:
    """A selection picks from a questionnaire that cannot be read.

    `from` is the id of a questionnaire that ships with cvp, or a path relative to this file; the questionnaire itself
    must have no errors.
    """
    if subject.selection and not subject.origin:
        help_ = "name a shipped questionnaire (`cvp list`) or a path relative to this file, and check that one first"
        yield Fault(f"`{subject.selection.picks.origin}` is no sound questionnaire", ("picks", "from"), help=help_)


def unknown_mirror(subject: Subject) -> Iterator[Fault]:
    """A question mirrors one that is not asked there.

    A company's claim and its buyers' answers are held side by side by these names. `mirrors_of` names the
    questionnaire, which must be sound, and each question's `mirrors` name questions of it.
    """
    if questionnaire := subject.own:
        mirrored = subject.mirrored
        if questionnaire.mirrors_of and not mirrored:
            yield Fault(f"`{questionnaire.mirrors_of}` is no sound questionnaire", ("mirrors_of",))
            return
        for question in questionnaire.questions.values():
            route = (*subject.routes[question.id], "mirrors")
            if question.mirrors and not mirrored:
                yield Fault("of which questionnaire?", route, help="name it at the top, as in `mirrors_of: level4`")
            for index, key in enumerate(question.mirrors if mirrored else ()):
                if mirrored and key not in mirrored.questions:
                    yield unknown(f"question in `{mirrored.id}` called", key, mirrored.questions, (*route, index))


def unknown_informed(subject: Subject) -> Iterator[Fault]:
    """A questionnaire informs one that cannot be found.

    What it adds would stand in no joined report. `informs` names questionnaires by their ids: shipped ones, or files
    beside this one, without errors.
    """
    help_ = "name a shipped questionnaire (`cvp list`) or a file beside this one, and check that one first"
    for key in subject.uninformed:
        yield Fault(f"`{key}` is no sound questionnaire", ("informs", key), on_key=True, help=help_)
