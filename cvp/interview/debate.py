"""What the room's votes came to, in words; what needs talk, and whether any one person decides the level."""

from collections.abc import Iterator, Sequence

from cvp.interview.state import NAMED, Interview, named, under_way
from cvp.questionnaire import Criterion, Safeguard
from cvp.room import MIN_FOR_VERDICT, NEIGHBOURS, Poll, Votes, count_votes, ends
from cvp.speaking import _, decimal, ngettext
from cvp.text import and_list


def vote_lines(interview: Interview) -> Iterator[str]:
    """Of the present question: each round, who is to speak, what the answer is; of a hidden round how many voted."""
    question, latest = interview.question, interview.round
    if not question or not latest:
        return
    *earlier, counting = interview.outcome.voting.polls.get(question.id) or [()]
    for number, poll in enumerate(earlier, 1):
        votes = count_votes(interview.questionnaire, question, poll)
        past = _("Round {number}, which counts no more: {votes}.")
        yield past.format(number=number, votes=_counted(votes, poll, " ".join(map(str, votes.frequencies))))
    if counting:
        votes = interview.outcome.votes(question)
        said = _counted(votes, counting, ngettext("{n} vote", "{n} votes", votes.answered).format(n=votes.answered))
        yield _("Round {number}: {votes}.").format(number=len(earlier) + 1, votes=said) if earlier else f"{said}."
        yield from _speakers(interview, question, counting)
        yield _room_answer(interview, votes)
    if not latest.revealed:
        people, voted = len(interview.record.people), len(latest.voters)
        yield _hidden(interview, voted == people).format(voted=voted, people=people)


def _hidden(interview: Interview, complete: bool) -> str:
    if interview.turn:
        return _("Hidden votes: {voted} of {people}.")
    if complete:
        return _("Hidden votes: {voted} of {people}; v reveals them.")
    return _("Hidden votes: {voted} of {people}; v goes on.")


def _counted(votes: Votes, poll: Poll, said: str) -> str:
    """What was `said`, then who said nothing, and how far the rest agree where they are enough for a verdict."""
    besides = [said]
    if votes.dont_know:
        besides.append(ngettext("{n} don't know", "{n} don't know", votes.dont_know).format(n=votes.dont_know))
    if apart := len(poll) - votes.answered - votes.dont_know:
        besides.append(ngettext("{n} not applicable", "{n} not applicable", apart).format(n=apart))
    if votes.agreement is None or votes.answered < MIN_FOR_VERDICT:
        return ", ".join(besides)
    agreed = _("{votes}; agreement {value}, {verdict}")
    return agreed.format(
        votes=", ".join(besides), value=decimal(float(votes.agreement), ".2f"), verdict=_(votes.verdict)
    )


def _speakers(interview: Interview, question: Criterion | Safeguard, poll: Poll) -> Iterator[str]:
    """The ends of the room, who are asked to say why; where one of them is the most of it, the other alone."""
    lowest, highest = ends(interview.questionnaire, question, poll)
    answered = interview.outcome.votes(question).answered
    if len(lowest) * 2 > answered:
        sees = ngettext(
            "{people} sees it higher than the rest: please say why.",
            "{people} see it higher than the rest: please say why.",
            len(highest),
        )
        yield sees.format(people=_people(interview, highest))
    elif len(highest) * 2 > answered:
        sees = ngettext(
            "{people} sees it lower than the rest: please say why.",
            "{people} see it lower than the rest: please say why.",
            len(lowest),
        )
        yield sees.format(people=_people(interview, lowest))
    elif lowest or highest:
        low, high = _people(interview, lowest), _people(interview, highest)
        yield _("The ends speak: {low} for the lowest, {high} for the highest.").format(low=low, high=high)


def _people(interview: Interview, seats: Sequence[int]) -> str:
    return named([interview.person(seat) if interview.named else str(seat) for seat in seats])


def _room_answer(interview: Interview, votes: Votes) -> str:
    question = votes.question
    if reason := interview.record.reasons.get(question):
        return _("Answered against the vote: {reason}").format(reason=reason)
    if question in interview.record.given:
        return _("Answered by the room as one.")
    if interview.answer and interview.answer.not_applicable is not None:
        return _("The room says that this is not applicable.")
    if votes.is_open:
        return _("More don't know than answer, so the question stays open.")
    return _("The room's answer is the lower median of the votes.")


def agenda_lines(interview: Interview) -> Iterator[str]:
    """The questions that need talk, most urgent first, each with why."""
    hidden = [*under_way(interview)]
    if not interview.outcome.voting.voted:
        yield from hidden or [_("Nothing was voted yet. Type v at a question to call a vote, or c to count hands.")]
        return
    agenda = interview.outcome.agenda
    talk = _("Questions that need talk: {n}.") if agenda else _("Questions that need talk: none.")
    yield f"{_voted(interview)} {talk.format(n=len(agenda))}"
    for key in agenda[:NAMED]:
        question = interview.questionnaire.questions[key]
        short = interview.questionnaire.short(question, interview.language)
        why = _("; ").join(_why(interview, question))
        yield _("{number} {question}: {why}.").format(number=interview.number(key), question=short, why=why)
    if len(agenda) > NAMED:
        yield ngettext("And {n} more.", "And {n} more.", len(agenda) - NAMED).format(n=len(agenda) - NAMED)
    yield from hidden


def _voted(interview: Interview) -> str:
    """How many questions were voted on, and how many of them decided otherwise."""
    polls = interview.outcome.voting.polls
    voted, against = sum(map(bool, polls.values())), sum(key in interview.record.reasons for key in polls)
    if not against:
        return _("Questions voted on: {voted}.").format(voted=voted)
    return ngettext(
        "Questions voted on: {voted} ({n} was decided against the vote).",
        "Questions voted on: {voted} ({n} were decided against the vote).",
        against,
    ).format(voted=voted, n=against)


def _why(interview: Interview, question: Criterion | Safeguard) -> Iterator[str]:
    votes = interview.outcome.votes(question)
    if votes.answered:
        points = interview.scale.items[question.id].points
        quartiles = (points[votes.quantile(1)], points[votes.quantile(1, upper=True)])
        low, high = sorted(interview.evaluation.changed(question.id, value).standing.level for value in quartiles)
        if low != high:
            yield _("it decides between Level {low} and Level {high}").format(low=low, high=high)
    value = decimal(float(votes.agreement or 0), ".2f")
    if (word := votes.verdict) in ("spread", "two camps"):
        yield _("{verdict}, agreement {value}").format(verdict=_(word), value=value)
    elif not word and votes.agreement is not None and votes.agreement < NEIGHBOURS:
        agreed = ngettext("agreement {value} of {n} vote", "agreement {value} of {n} votes", votes.answered)
        yield agreed.format(value=value, n=votes.answered)
    if votes.is_open:
        yield _("{unsure} don't know, {answers} answer").format(unsure=votes.dont_know, answers=votes.answered)


def deciders_line(interview: Interview) -> Iterator[str]:
    """Whether one person alone decides the level; nothing where there are no votes of several people."""
    voting = interview.outcome.voting
    if not voting.voted or voting.respondents < 2 or interview.outcome.deciders is None:
        return
    alone = and_list([interview.person(seat) for seat in interview.outcome.deciders], _("or"))
    another = _("Without {people} the level would be another.").format(people=alone)
    yield another if alone else _("No single person decides the level.")
