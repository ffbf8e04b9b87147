"""How long a room of 20 waits for each key at its slowest: python tests/benchmarks/interview.py

A key's time is what a front end needs for the next state, its screen and its lines, once the screen before is drawn.
The questionnaire is `level4`, with two rounds of votes of all 20 on every question.
"""

import random
import time
from collections.abc import Iterator
from dataclasses import replace

from cvp.answers import DONT_KNOW, Answer
from cvp.interview.changes import Called, Cast, Change, Revealed, Seated
from cvp.interview.keys import reduce
from cvp.interview.record import Course
from cvp.interview.showing import screen
from cvp.interview.state import Asks, Interview, start
from cvp.interview.view import view
from cvp.loading import load_questionnaire
from cvp.questionnaire import Questionnaire

PEOPLE = 20
TARGET_MS = 50
LINES = (
    *(
        "1",
        "?",
        "x not ours",
        "s",
        "b",
        "n",
        "g 20",
        "g end",
        "g m",
        "u",
        "r",
        "m",
        "h",
        "l",
        "a",
        "w 2",
        "w ?",
        "help",
    ),
    *("e", "e heard", "e seen | CRM | 2012-11", "e -", "room", "room 21", "f there", "q", "nonsense", ""),
    *("v", "v!", "stop", "c 1 2 3 4 5", "o 2 we asked"),
)


def votes(questionnaire: Questionnaire, chance: random.Random) -> Iterator[Change]:
    """Everybody's on everything, twice; the last question is hidden still."""
    yield Seated(people=tuple(f"Person {number}" for number in range(1, PEOPLE + 1)))
    last = list(questionnaire.questions)[-1]
    for round_ in (1, 2):
        for question in questionnaire.questions.values():
            values = [choice.value for choice in questionnaire.choices_of(question)] + [DONT_KNOW]
            yield Called(question=question.id)
            for voter in range(1, PEOPLE + 1):
                yield Cast(question=question.id, voter=voter, answer=Answer(choice=chance.choice(values)))
            if question.id != last or round_ == 1:
                yield Revealed(question=question.id)


def situations(questionnaire: Questionnaire) -> Iterator[tuple[str, Interview]]:
    """Moments of a workshop: nothing voted yet, in a vote, and at the end of a long day."""
    asks: tuple[Asks, ...] = ("ladder", "decisive")
    for order in asks:
        begun = reduce(start(questionnaire, asks=order), f"room {PEOPLE}")
        yield f"beginning, {order}", begun
        yield f"in a vote, {order}", reduce(begun, "v")
        course = Course()
        for change in votes(questionnaire, random.Random(1)):
            course = course.after(change, questionnaire)
        voted = start(questionnaire, course=course, asks=order)
        yield f"hidden vote, {order}", reduce(voted, f"g {len(voted.order)}")
        yield f"revealed vote, {order}", reduce(voted, "g 7")
        yield f"undone, {order}", reduce(reduce(reduce(voted, "g 7"), "o 2 we asked"), "u")
        yield f"the end, {order}", reduce(voted, "g end")


def milliseconds(interview: Interview, line: str) -> float:
    """The median of five, each with nothing reckoned before but what the screen needed."""
    times = []
    for _ in range(5):
        forgetful = replace(interview, outcome=replace(interview.outcome))
        view(screen(forgetful), 80)
        begin = time.perf_counter()
        view(screen(reduce(forgetful, line)), 80)
        times.append((time.perf_counter() - begin) * 1000)
    return sorted(times)[2]


def main() -> None:
    slowest: dict[str, tuple[float, str]] = {}
    for name, interview in situations(load_questionnaire("level4")):
        for line in LINES:
            slowest[line] = max(slowest.get(line, (0, "")), (milliseconds(interview, line), name))
    for line, (time_, name) in sorted(slowest.items(), key=lambda entry: -entry[1][0]):
        print(f"{time_:7.1f} ms  {line:<24}{name}")
    line, (time_, _) = max(slowest.items(), key=lambda entry: entry[1][0])
    print(f"slowest: {line}, {time_:.1f} ms; target {TARGET_MS} ms: {'met' if time_ <= TARGET_MS else 'MISSED'}")


if __name__ == "__main__":
    main()
