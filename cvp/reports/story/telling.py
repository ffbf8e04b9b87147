"""What is told of a subject; tellers register themselves here for the kind of subject they tell."""

from functools import singledispatch

from cvp.reports.story.blocks import Story


@singledispatch
def story_of(subject: object) -> Story:
    """The story of whatever can be reported. Raises TypeError for anything else."""
    raise TypeError(f"nothing tells the story of a {type(subject).__name__}")
