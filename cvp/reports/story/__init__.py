"""What a report says, before any format: sections of blocks in order. A format draws blocks and knows no assessment.

`blocks` are texts, tables and cards; `charts` are pictures as data, `chart_tables` says them as tables.
`story_of(subject)` tells an assessment, or whatever else can be reported; to report something new, register a teller
for it in `telling`, and import its module here.
"""

from cvp.reports.story import assessment, claim, comparison, explanation, joined
from cvp.reports.story.telling import story_of

__all__ = ["assessment", "claim", "comparison", "explanation", "joined", "story_of"]
