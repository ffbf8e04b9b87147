"""What a report says, before any format: sections of blocks in order. A format draws blocks and knows no assessment.

`blocks` are texts, tables and cards; `charts` are pictures as data. `story_of(subject)` tells an assessment, or
whatever else can be reported; to report something new, register a teller for it.
"""
