"""Markdown to print or to put on a wiki: CommonMark with GitHub's boxes to tick, in one language."""

from collections.abc import Iterator
from typing import Final

from cvp.exports import Edition
from cvp.exports.paper import Asked, paper_of
from cvp.questionnaire import Questionnaire
from cvp.reports.markdown.escaping import in_markdown

_LINE: Final = "\\_" * 30


def render(questionnaire: Questionnaire, edition: Edition) -> str:
    paper = paper_of(questionnaire, edition)
    blocks = [f"# {in_markdown(paper.title)}", in_markdown(paper.instruction)]
    blocks += [f"{in_markdown(line)} {_LINE}" for line in paper.lines]
    for asked in paper.questions:
        blocks += _blocks(asked, paper.guidance_title)
    if paper.about:
        blocks.append(f"## {in_markdown(paper.about_title)}")
    for asked in paper.about:
        blocks += _blocks(asked, paper.guidance_title)
    return "\n\n".join([*blocks, in_markdown(paper.version)]) + "\n"


def _blocks(asked: Asked, guidance_title: str) -> Iterator[str]:
    yield f"**{asked.number}. {in_markdown(asked.label)}**"
    if asked.hint:
        yield in_markdown(asked.hint)
    yield "\n".join(f"- [ ] {in_markdown(tick)}" for tick in asked.ticks)
    if asked.guidance:
        yield f"> {in_markdown(guidance_title)} {in_markdown(asked.guidance)}"
