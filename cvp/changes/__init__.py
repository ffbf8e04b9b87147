"""Two versions of a questionnaire → what changed in meaning, and the version that it needs.

SemVer, read for a measuring instrument. A **major** change makes levels from before and after it not comparable; a
**minor** one adds or alters something that leaves the arithmetic alone; a **patch** alters wording that nobody answers
by. A change of what people read when they answer is minor, since no program can tell whether they still answer the
same: its levels are comparable *with care*, and the author may well call it major.

| what | change | needs | levels comparable |
|---|---|---|---|
| questionnaire | id, perspective | major | no |
| level | `pass` | major | no |
| criterion, safeguard | added, removed, renamed | major | no |
| criterion | level, weight, `must`, `fresh_for` | major | no |
| safeguard | `below`, `cap` | major | no |
| choice | added, removed, renamed, score, order | major | no |
| criterion, safeguard | label, hint, guidance, order | minor | with care |
| choice | label (the anchor) | minor | with care |
| criterion, safeguard | lens | minor | yes |
| lens, lens value | added, removed, renamed, reworded | minor | yes |
| recommendation | added, removed, renamed, `lifts`, `effort`, `after`, order | minor | yes |
| translation, language | added, removed; another default | minor | yes |
| level | name | minor | yes |
| questionnaire, level | title, summary | patch | yes |
| criterion, safeguard | short name, source, `why` | patch | yes |
| recommendation | its texts, source | patch | yes |
| source | anything | patch | yes |
| any text | capitals and punctuation alone | patch | yes |
| anything else | the same said otherwise (a list in place or named) | patch | yes |

So the same id and version always have the same content. What lost its id and kept its label was renamed.
"""

from cvp.changes.answered import Case, Moved, moves
from cvp.changes.bumps import Bump, bump_made, bump_needed, comparable, is_enough, next_version
from cvp.changes.change import Change, Comparable, Kind, Needs, What
from cvp.changes.whole import changes

__all__ = [
    "Bump",
    "Case",
    "Change",
    "Comparable",
    "Kind",
    "Moved",
    "Needs",
    "What",
    "bump_made",
    "bump_needed",
    "changes",
    "comparable",
    "is_enough",
    "moves",
    "next_version",
]
