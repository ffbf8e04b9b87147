"""What a report says, before any format: sections of blocks in order. A format draws blocks and knows no assessment.

`blocks` are texts, tables and cards; `charts` are pictures as data, `chart_tables` says them as tables.
`story_of(subject)` tells an assessment, or whatever else can be reported; to report something new, write a module with
`story(subject)` and name it in `telling`.
"""

from cvp.reports.story.telling import story_of

__all__ = ["story_of"]
