"""Runs of check to be written in every format: one for all golden files, and any that hypothesis thinks of."""

from pathlib import Path

from hypothesis import strategies as st

from cvp.document import Place
from cvp.finding import CaseResult, Checked, Excerpt, Finding, Run, Severity, Suppressed

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

HOSTILE = (
    "\n::error title=x::y",
    "%0A::stop-commands::%25",
    "]]><!-- & <script>alert('x')</script>",
    "\x1b]0;title\x07\x00\x7f\x85\u2028\u202e",
    "[link](https://evil.example) {0} {{1}}",
    'a "quoted" \\back\\slash, tab\there\r\n',
    "😀 Ünï – 漢字 ﷽",
    "\ud83d lone \udcff",
    "##[error]old style",
    "\ufffe\uffff]]>",
)


def run_below(folder: Path) -> Run:
    """One run with everything: each severity, suppressed, cases, several lines, hostile names and texts."""
    hostile = "odd/a%b:c,d\n<b>é😀]{0}.yaml"
    return Run(
        (
            Checked("questionnaires/sound.yaml"),
            Checked(str(folder / "questionnaires/level4.yaml"), _of_level4(str(folder / "questionnaires/level4.yaml"))),
            Checked(
                "answers/acme.yaml",
                (finding("answers/acme.yaml", (2, 1, 4, 1), "CVP503", "there is no question `q9`"),),
                (
                    Suppressed(
                        finding("answers/acme.yaml", (9, 5, 9, 9), "CVP504", "no such choice"), "agreed [1] & <2>"
                    ),
                ),
                CaseResult("answers/acme.yaml", False, "expected level 3, came out 2 <at> margin 0"),
            ),
            Checked("answers/good.yaml", case=CaseResult("a buyer's table", True)),
            Checked(hostile, tuple(_hostile(hostile))),
            Checked("/elsewhere/x y.yaml", (finding("/elsewhere/x y.yaml", (1, 1, 1, 1), "CVP101", "empty"),)),
        )
    )


def _of_level4(file: str) -> tuple[Finding, ...]:
    line = Excerpt("    wieght: 3  # 漢字 after the fact")
    return (
        finding(file, (12, 5, 12, 11), "CVP111", "unknown key `wieght`", ERROR, "did you mean `weight`?", line),
        finding(file, (30, 3, 30, 8), "CVP201", "the id `a` is taken at 12:5", ERROR),
        finding(file, (31, 3, 31, 8), "CVP201", "the id `a` is taken at 12:5", ERROR),
        finding(file, (40, 9, 40, 60), "CVP402", "two questions in one", WARNING, "ask one\nthen the other"),
        finding(file, (41, 9, 41, 60), "CVP405", "a label too long to read aloud", INFO),
    )


def _hostile(file: str) -> list[Finding]:
    return [
        finding(file, (number, 1, number, 2), "CVP103", text, ERROR, text, Excerpt(text.replace("\n", " "), 3, True))
        for number, text in enumerate(HOSTILE, 1)
    ]


def finding(
    file: str,
    place: tuple[int, int, int, int],
    code: str,
    message: str,
    severity: Severity = ERROR,
    help: str = "",  # noqa: A002 - the name of the field
    excerpt: Excerpt = Excerpt(),  # noqa: B008 - frozen
) -> Finding:
    return Finding(file, Place(*place), code, f"rule-{code[3:]}", severity, message, help, excerpt)


texts = st.lists(st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=())), max_size=4).map("".join)
"""Texts of any characters at all, lone surrogates too."""

_places = st.tuples(*[st.integers(1, 200)] * 2, st.integers(0, 2), st.integers(0, 50)).map(
    lambda p: (p[0], p[1], p[0] + p[2], p[1] + p[3])
)


@st.composite
def checked_files(draw: st.DrawFn) -> Checked:
    file = draw(texts)
    findings = st.builds(
        finding,
        st.just(file),
        _places,
        st.sampled_from(["CVP101", "CVP111", "CVP201", "CVP999"]),
        texts,
        st.sampled_from(Severity),
        texts,
        st.builds(Excerpt, texts, st.integers(0, 60), st.booleans()),
    )
    return Checked(
        file,
        tuple(draw(st.lists(findings, max_size=4))),
        tuple(draw(st.lists(st.builds(Suppressed, findings, texts), max_size=2))),
        draw(st.none() | st.builds(CaseResult, texts, st.booleans(), texts)),
    )


runs = st.lists(checked_files(), max_size=3).map(lambda files: Run(tuple(files)))
