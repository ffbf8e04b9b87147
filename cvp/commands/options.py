"""Options, a name each: what they are called, what follows them, and what help says."""

from typing import Annotated, Literal, TypeAlias

import typer

Names: TypeAlias = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="QUESTIONNAIRE",
        help="A path, or the id of a shipped one; several are joined in one report. Left out, it is what the answers "
        "name.",
    ),
]
AnswerFiles: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--answers",
        metavar="FILE",
        help="Answers in YAML or JSON; - is standard input. Repeat for several people or questionnaires.",
    ),
]
Company: TypeAlias = Annotated[str | None, typer.Option(metavar="NAME", help="The company's name.")]
Day: TypeAlias = Annotated[
    str | None,
    typer.Option(metavar="DAY", help="The day of the assessment, as 2013-02-12. Left out: as answered, else today."),
]
Language: TypeAlias = Annotated[
    str | None, typer.Option(metavar="CODE", help="The language of questions and report, as in de.")
]
ReportLanguage: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="CODE",
        help="The report's language, as in de. Left out: that of the saved assessment, or the questionnaire's own.",
    ),
]

# The interview
SessionFile: TypeAlias = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help="Keep the interview in this file, or go on with the one that is in it. Left out, the file is named for "
        "the company and day: acme-2026-11-21.cvp.jsonl.",
    ),
]
Resume: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--resume", help="Go on with a session (*.cvp.jsonl) of the current folder; where there are several, choose."
    ),
]
Order: TypeAlias = Annotated[
    Literal["ladder", "decisive"] | None,
    typer.Option(
        metavar="ORDER",
        help="What is asked next: ladder, from Level 1 up (the default), or decisive, what decides most.",
    ),
]
Plain: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--plain",
        help="Ask in plain lines, also through a pipe. Without it, a large terminal gets the stage where it is "
        "installed; CVP_PLAIN=1 says no to that.",
    ),
]
Room: TypeAlias = Annotated[
    str | None, typer.Option(metavar="PEOPLE", help='Who is in the room: how many, or names, as in "Ann, Bob".')
]
BallotFiles: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--ballot",
        metavar="FILE",
        help="Votes given beforehand, hidden until they are revealed: a file of answers a person, or a table from a "
        "form with a row a person. Repeat for more.",
    ),
]
MapFile: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--map", metavar="FILE", help="What columns and cells of a --ballot table mean, where cvp cannot tell."
    ),
]
Named: TypeAlias = Annotated[bool, typer.Option("--named", help="Tell names beside votes, else people are numbers.")]
NoInput: TypeAlias = Annotated[bool, typer.Option("--no-input", help="Never ask anything.")]

# The path
Budget: TypeAlias = Annotated[
    int | None,
    typer.Option(
        min=0,
        max=100_000,
        metavar="DAYS",
        help="At most so many days of work; the path then shows the most that they reach.",
    ),
]
Exclude: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(metavar="ID", help="A recommendation that the path must do without. Repeat for more."),
]
By: TypeAlias = Annotated[
    str | None, typer.Option(metavar="DAY", help="The day by which the path must be done: its working days limit it.")
]

# The report
Format: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="terminal, json, html, markdown, pptx, csv or svg. Left out, --output's ending says.",
    ),
]
Output: TypeAlias = Annotated[
    str, typer.Option("--output", "-o", metavar="FILE", help="A file for the report; - is standard output.")
]
Save: TypeAlias = Annotated[
    str | None, typer.Option(metavar="FILE", help="Also keep the assessment as JSON in this file.")
]
FailUnder: TypeAlias = Annotated[
    int | None, typer.Option(min=1, max=4, metavar="LEVEL", help="Exit with 1 if the level is lower.")
]

# Whose report it is
Title: TypeAlias = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="The report's title.")]
Client: TypeAlias = Annotated[str | None, typer.Option("--client", metavar="NAME", help="For whom it was made.")]
LogoFile: TypeAlias = Annotated[str | None, typer.Option("--logo", metavar="FILE", help="A logo, PNG or JPEG.")]
Accent: TypeAlias = Annotated[str | None, typer.Option("--accent", metavar="#RRGGBB", help="The colour of the report.")]
Template: TypeAlias = Annotated[
    str | None,
    typer.Option("--template", metavar="DIR", help="Your own templates, report.html.jinja and report.md.jinja."),
]
