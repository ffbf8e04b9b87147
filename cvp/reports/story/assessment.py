"""The story of an assessment, a section a function."""

from typing import Final

from cvp.assessment import Assessment
from cvp.reports import sentences
from cvp.reports.story.appendix import evidence, versions
from cvp.reports.story.blocks import Story
from cvp.reports.story.coverage import coverage
from cvp.reports.story.disagreement import disagreement
from cvp.reports.story.first_buyers import first_buyers
from cvp.reports.story.gates import criteria, gates, lenses
from cvp.reports.story.grid import grid
from cvp.reports.story.summary import summary
from cvp.reports.story.sureness import sureness
from cvp.reports.story.way import before_and_after, way
from cvp.speaking import _

SECTIONS: Final = (
    *(summary, coverage, gates, criteria, lenses, grid, disagreement, way),
    *(sureness, before_and_after, first_buyers, evidence, versions),
)
"""In the order of the report; one with nothing to say is left out."""


def story(assessment: Assessment) -> Story:
    told = (section(assessment) for section in SECTIONS)
    q = assessment.questionnaire
    footer = _("Questionnaire {id} {version}, content {hash}")
    return Story(
        title=q.title,
        subject=assessment.company,
        date=assessment.date,
        language=assessment.language,
        headline=sentences.level_line(assessment),
        basis=sentences.basis(assessment),
        sections=tuple(section for section in told if section.blocks),
        footer=footer.format(id=q.id, version=q.version, hash=q.sha256[:12]),
        level=assessment.level,
    )
