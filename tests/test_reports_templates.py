"""A user's own templates: what they can do, and what they cannot."""

from pathlib import Path

import pytest
from assessments import HOSTILE, hostile, zipcar

from cvp.errors import Unreadable
from cvp.reports import Look, own_templates, report
from cvp.reports.brand import Brand

HTML, MARKDOWN = "report.html.jinja", "report.md.jinja"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


def filled(folder: Path, template: str, name: str = HTML) -> str:
    """What the template makes of the hostile assessment."""
    (folder / name).write_text(template, encoding="utf-8")
    made = report("html" if name == HTML else "markdown").render(hostile(), Look(brand=Brand(templates=folder)))
    assert isinstance(made, str)
    return made


def refused(folder: Path, template: str) -> str:
    """What is said of a template that cannot be filled."""
    with pytest.raises(Unreadable) as error:
        filled(folder, template)
    return str(error.value)


def test_a_template_extends_ours_and_replaces_a_part(own: Path) -> None:
    (own / "parts").mkdir()
    (own / "parts" / "foot.jinja").write_text("<footer>Ours, {{ story.date }}</footer>")
    page = '{% extends "cvp/report.html.jinja" %}{% block footer %}{% include "parts/foot.jinja" %}{% endblock %}'
    made = filled(own, page)
    assert "<footer>Ours, 2013-02-12</footer>" in made
    assert '<h2 id="ladder-title"' in made
    assert made.partition("<footer")[0] in report("html").render(hostile(), Look())


def test_what_a_template_shows_is_escaped_for_its_medium(own: Path) -> None:
    assert filled(own, "{{ story.subject }}") == ("&lt;script&gt;alert(1)&lt;/script&gt;[red]=HYPERLINK(&#34;x&#34;)")
    assert filled(own, "{{ story.subject }}", MARKDOWN) == HOSTILE.translate(
        {ord(sign): f"\\{sign}" for sign in "<>[]"}
    )


def test_the_palette_the_story_and_our_filters_are_there(own: Path) -> None:
    made = filled(own, "{{ title }} {{ light.accent }} {% for s in story.sections %}{{ s.key }} {% endfor %}")
    assert made.endswith("#1b5e85 summary coverage ladder criteria path sure after buyers evidence versions ")
    assert filled(own, "{{ 0.5|percent }}") == "50.00%"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("\n\n{{ story.nothing }}", "report.html.jinja:3: 'cvp.reports.story.blocks.Story object' has no attribute"),
        ("\n{% if %}", "report.html.jinja:2: Expected an expression"),
        (
            "{{ ''.__class__.__mro__ }}",
            "report.html.jinja:1: access to attribute '__class__' of 'str' object is unsafe",
        ),
        ("{{ story.sections.__class__ }}", "is unsafe"),
        ("{{ lipsum.__globals__.os.system('true') }}", "is unsafe"),
        ("{% include '../secret.txt' %}", "there is no template ../secret.txt in this folder"),
        ("{% include '/etc/hostname' %}", "there is no template /etc/hostname in this folder"),
        ("{% include 'link.txt' %}", "there is no template link.txt in this folder"),
        ("{% include 'large' %}", "large is larger than 1 MiB"),
        ("{% include 'latin' %}", "latin cannot be read"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "calls itself without end"),
        ("{% for a in range(99999999) %}{% endfor %}", "Range too big"),
        ("{{ 'x' * 2000000000 }}", "needed more than 1024 MiB"),
        (
            "{% set n = namespace(x='x') %}{% for _ in range(40) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
            "needed more than",
        ),
        ("{% for _ in range(99999) %}{{ 'x'|center(999) }}{% endfor %}", "of more than 33,554,432 characters"),
    ],
)
def test_a_fault_is_told_with_its_file_and_line(own: Path, template: str, said: str) -> None:
    (own.parent / "secret.txt").write_text("the secret")
    (own / "link.txt").symlink_to(own.parent / "secret.txt")
    (own / "large").write_bytes(b"x" * (own_templates.LARGEST + 1))
    (own / "latin").write_bytes(b"caf\xe9")
    message = refused(own, template)
    assert said in message
    assert str(own / HTML) in message or said.startswith("report")
    assert "the secret" not in message


def test_a_template_that_never_ends_is_ended(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_templates, "SECONDS", 1)
    loops = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    assert "took longer than 1 seconds" in refused(own, loops)


def test_a_folder_without_the_template_says_which_one(own: Path) -> None:
    with pytest.raises(Unreadable, match=r"has no report\.html\.jinja; write one, which may begin with {% extends"):
        report("html").render(zipcar(), Look(brand=Brand(templates=own)))


def test_no_module_of_the_current_folder_is_run(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pickle", "traceback", "jinja2", "typing"):
        (own / f"{name}.py").write_text("raise SystemExit('planted')")
    monkeypatch.chdir(own)
    assert filled(own, "{{ story.level }}") == "2"


def test_other_formats_do_without(own: Path) -> None:
    assert report("svg").render(zipcar(), Look(brand=Brand(templates=own))) == report("svg").render(zipcar(), Look())
