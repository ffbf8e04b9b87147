"""What an editor makes of our JSON Schemas: the YAML language server, check-jsonschema, and the loader beside them."""

import copy
import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, TypeAlias

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pydantic import BaseModel, ValidationError
from real import NPM, NPM_MISSING, needs
from texts import ANSWERS, QUESTIONNAIRE, SELECTION, edited
from typer.testing import Result

from cvp.answers import Answers
from cvp.errors import CvpError
from cvp.loading import Finder, load_answers, load_questionnaire
from cvp.questionnaire import Questionnaire, Selection
from cvp.reading import parse_document
from cvp.schemas import HOVERS, SCHEMAS
from questionnaires import cases

ROOT: Final = Path(__file__).parent.parent
EXAMPLES: Final = ROOT / "cvp/rules/examples"
CHECK_JSONSCHEMA: Final = Path(sys.executable).with_name("check-jsonschema")
SHIPPED: Final = {
    "questionnaire": sorted((ROOT / "questionnaires").glob("*.yaml")),
    "answers": sorted((ROOT / "questionnaires/cases").glob("*.yaml")),
}
VALIDATORS: Final = {of: Draft7Validator(SCHEMAS[of]()) for of in SHIPPED}

Json: TypeAlias = Any


# --- the language server


class Editor:
    """A conversation with the YAML language server, as an editor has it."""

    def __init__(self, server: "subprocess.Popen[bytes]") -> None:
        assert server.stdin
        assert server.stdout
        self._to, self._from = server.stdin, server.stdout
        self._asked = 0
        self.ask("initialize", processId=None, rootUri=None, capabilities={})
        self._say(method="initialized", params={})

    def opened(self, file: Path) -> list[tuple[int, str]]:
        """Line and message of each diagnostic that it publishes for the file."""
        text = file.read_text(encoding="utf-8")
        document = {"uri": file.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self._say(method="textDocument/didOpen", params={"textDocument": document})
        published = self._heard(
            lambda said: (
                said.get("method") == "textDocument/publishDiagnostics" and said["params"]["uri"] == file.as_uri()
            )
        )
        return [(found["range"]["start"]["line"] + 1, found["message"]) for found in published["params"]["diagnostics"]]

    def ask(self, method: str, **params: Json) -> Json:
        self._asked += 1
        asked = f"test-{self._asked}"
        self._say(id=asked, method=method, params=params)
        return self._heard(lambda said: said.get("id") == asked)["result"]

    def leave(self) -> None:
        self.ask("shutdown")
        self._say(method="exit")

    def _say(self, **message: Json) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._to.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self._to.flush()

    def _heard(self, wanted: Callable[[Json], bool]) -> Json:
        while True:
            said = self._next()
            if wanted(said):
                return said
            if said.get("method") == "workspace/configuration":
                settings = {"yaml": {"validate": True, "hover": True, "schemaStore": {"enable": False}}}
                self._say(id=said["id"], result=[settings.get(item["section"]) for item in said["params"]["items"]])
            elif "id" in said and "method" in said:
                self._say(id=said["id"], result=None)

    def _next(self) -> Json:
        length = 0
        while header := self._from.readline().strip():
            name, _, value = header.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the language server has gone or does not answer"
        return json.loads(self._from.read(length))


@pytest.fixture(scope="module")
def editor() -> Iterator[Editor]:
    server = NPM / "yaml-language-server/bin/yaml-language-server"
    needs(bool(shutil.which("node")), "node is not installed")
    needs(server.exists(), NPM_MISSING)
    with subprocess.Popen(["node", server, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        deadline = threading.Timer(120, process.kill)
        deadline.start()
        try:
            editor = Editor(process)
            yield editor
            editor.leave()
            assert process.wait(20) == 0
        finally:
            deadline.cancel()
            process.kill()


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes a file whose first line names the schema, which lies one folder up, as the README has it."""

    def write(of: str, text: str) -> Path:
        (tmp_path / f"{of}.schema.json").write_text(json.dumps(SCHEMAS[of]()), encoding="utf-8")
        file = tmp_path / "questionnaires" / f"{of}.yaml"
        file.parent.mkdir(exist_ok=True)
        shutil.copy(EXAMPLES / "example.yaml", file.parent)
        file.write_text(f"# yaml-language-server: $schema=../{of}.schema.json\n{text}", encoding="utf-8")
        return file

    return write


def good(of: str) -> str:
    name = {"questionnaire": "example.yaml", "answers": "example-answers.yaml"}[of]
    return (EXAMPLES / name).read_text(encoding="utf-8")


SOUND = [
    *[pytest.param(of, good(of), id=f"example {of}") for of in SHIPPED],
    *[pytest.param(of, path.read_text("utf-8"), id=path.stem) for of, paths in SHIPPED.items() for path in paths],
    pytest.param("questionnaire", QUESTIONNAIRE, id="translated"),
    pytest.param("questionnaire", SELECTION, id="selection"),
    pytest.param("answers", ANSWERS, id="answers"),
    pytest.param("questionnaire", edited(QUESTIONNAIRE, "    must: 0.5\n", "    must: null\n    hint: ~\n"), id="null"),
    pytest.param("questionnaire", QUESTIONNAIRE.replace("  1: {", '  "1": {').replace("  2: {", "  '2': {"), id="keys"),
    pytest.param("questionnaire", edited(QUESTIONNAIRE, "Are they paid?", f"    {'é😀' * 5_000}"), id="long"),
    pytest.param("questionnaire", edited(QUESTIONNAIRE, "{brand: Brand,", "{null: a, true: b, brand: c,"), id="words"),
]


@pytest.mark.parametrize(("of", "text"), SOUND)
def test_an_editor_finds_nothing_wrong_with_a_sound_file(
    of: str, text: str, editor: Editor, written: Callable[[str, str], Path]
) -> None:
    assert editor.opened(written(of, text)) == []


UNKNOWN_KEY = ("mechanism: reputation}\n", "mechanism: reputation}\n    wieght: 3\n")
WRONG_TYPE = ("    effort: L\n", "    effort: [L]\n")
MISSING = ("    customer_gain: One call, and it is mended.\n", "")
FAULTS = [
    ("questionnaire", [UNKNOWN_KEY]),
    ("questionnaire", [WRONG_TYPE]),
    ("questionnaire", [MISSING]),
    ("questionnaire", [UNKNOWN_KEY, WRONG_TYPE, MISSING]),
    ("questionnaire", [("    cap: 2\n", "    cap: two\n"), ("must: 0.4", 'must: "0.4"')]),
    ("questionnaire", [("    cap: 2\n", "    cap: 5\n"), ("must: 0.4", "must: 1.5")]),
    ("questionnaire", [("perspective: company", "perspective: vendor")]),
    ("questionnaire", [("{value: gifts,", "{value: Gifts,")]),
    ("questionnaire", [("id: unpaid", "id: 7")]),
    ("questionnaire", [("  mechanism: {label", "  Mechanism: {label")]),
    ("answers", [("company:", "firm: x\ncompany:")]),
]


@pytest.mark.parametrize(("of", "edits"), FAULTS)
def test_an_editor_and_check_point_at_the_same_lines(
    of: str,
    edits: list[tuple[str, str]],
    editor: Editor,
    written: Callable[[str, str], Path],
    run: Callable[..., Result],
) -> None:
    text = good(of)
    for old, new in edits:
        text = edited(text, old, new)
    file = written(of, text)
    found = json.loads(run("check", file, "--output-format", "json", "--no-cache").stdout)["findings"]
    of_shape = {finding["line"] for finding in found if finding["code"].startswith("CVP1")}
    assert len(of_shape) == len(edits)
    assert {line for line, _ in editor.opened(file)} == of_shape


def test_an_editor_explains_one_kind_of_questionnaire(editor: Editor, written: Callable[[str, str], Path]) -> None:
    selection = edited(SELECTION, "  from: base\n", "")
    assert editor.opened(written("questionnaire", selection)) == [(6, 'Missing property "from".')]


def test_an_editor_shows_what_a_key_means(editor: Editor, written: Callable[[str, str], Path]) -> None:
    file = written("questionnaire", good("questionnaire"))
    editor.opened(file)
    lines = file.read_text(encoding="utf-8").split("\n")
    for key, hover in (("must", "Criterion.must"), ("first_step", "Recommendation.first_step"), ("hint", "hint")):
        line = next(number for number, line in enumerate(lines) if f"{key}:" in line)
        position = {"line": line, "character": lines[line].index(f"{key}:") + 1}
        shown = editor.ask("textDocument/hover", textDocument={"uri": file.as_uri()}, position=position)
        plain = shown["contents"]["value"].replace("\\", "").replace("&nbsp;", " ")
        assert HOVERS[hover] in plain


# --- check-jsonschema


def check_jsonschema(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    needs(CHECK_JSONSCHEMA.exists(), "check-jsonschema is not installed")
    return subprocess.run([CHECK_JSONSCHEMA, *arguments], capture_output=True, text=True, check=False)


def test_schemas_are_what_draft_07_calls_schemas(tmp_path: Path, run: Callable[..., Result]) -> None:
    for of in SCHEMAS:
        (tmp_path / f"{of}.json").write_text(run("schema", of).stdout, encoding="utf-8")
    done = check_jsonschema("--check-metaschema", *sorted(tmp_path.glob("*.json")))
    assert done.returncode == 0, done.stdout
    (tmp_path / "answers.json").write_text('{"$schema": "http://json-schema.org/draft-07/schema#", "type": "text"}')
    assert check_jsonschema("--check-metaschema", tmp_path / "answers.json").returncode == 1


@pytest.mark.parametrize("of", SHIPPED)
def test_check_jsonschema_accepts_what_ships(of: str, tmp_path: Path) -> None:
    schema, faulty = tmp_path / "schema.json", tmp_path / "faulty.yaml"
    schema.write_text(json.dumps(SCHEMAS[of]()), encoding="utf-8")
    done = check_jsonschema("--schemafile", schema, *SHIPPED[of])
    assert done.returncode == 0, done.stdout
    faulty.write_text(edited(good(of), 'version: "', 'wersion: "'))
    assert check_jsonschema("--schemafile", schema, faulty).returncode == 1


# --- the loader


def loads(path: Path) -> str:
    """What kind of file the loader takes it for; empty where it refuses it."""
    try:
        load_questionnaire(str(path))
    except CvpError:
        try:
            load_answers(str(path), Finder(str(path)))
        except CvpError:
            return ""
        return "answers"
    return "questionnaire"


def test_schemas_accept_every_file_that_loads() -> None:
    files = [*EXAMPLES.glob("*.yaml"), *(path for paths in SHIPPED.values() for path in paths)]
    loaded = [(path, of) for path in sorted(files) if (of := loads(path))]
    assert {of for _, of in loaded} == {*SHIPPED}
    assert len(loaded) > len(files) / 4
    refused = {
        path.name: error.message for path, of in loaded for error in VALIDATORS[of].iter_errors(with_lists(data(path)))
    }
    assert refused == {}


def data(path: Path) -> Json:
    return parse_document(str(path), path.read_bytes()).data


def with_lists(value: Json) -> Json:
    if isinstance(value, dict):
        return {key: with_lists(part) for key, part in value.items()}
    return [with_lists(part) for part in value] if isinstance(value, tuple | list) else value


def with_tuples(value: Json) -> Json:
    if isinstance(value, dict):
        return {key: with_tuples(part) for key, part in value.items()}
    return tuple(with_tuples(part) for part in value) if isinstance(value, list) else value


_START: Final = {
    of: [with_lists(parse_document("", text.encode()).data) for text in texts]
    for of, texts in {"questionnaire": [QUESTIONNAIRE, SELECTION], "answers": [ANSWERS]}.items()
}
_HAZARDS: Final[tuple[Json, ...]] = (
    *(None, True, 0, 1, 1.0, 0.5, 1.5, 4, 5, -1, 2013, 10**9),
    *("", " ", "x", " x ", "?", "S", "XL", "X", "1", "1.0.0", "1.0", "2013-02-12", "2013-02-30", "de-CH", "lee", "a_1"),
    *("https://a.b/c", "https://a b", "x" * 64, "x" * 65, " " * 9 + "y" * 10_000, "é😀" * 5_000, "y" * 10_001),
    *({}, {"en": "x"}, {"EN": "x"}, {"en": ""}, {"x": None}, {"a": 1}, {"choice": "?"}, [], ["a"], [1], [{}], [None]),
)
_KEYS: Final = (
    *("hint", "guidance", "must", "weight", "fresh_for", "why", "after", "picks", "example", "default_language"),
    *("choices", "safeguards", "date", "note", "evidence", "ballots", "expect", "not_applicable", "1", "5", "a", "É"),
)


@st.composite
def spoiled(draw: st.DrawFn, of: str) -> Json:
    """A sound file with some of its values replaced, taken out or put in."""
    starts: st.SearchStrategy[Json] = st.sampled_from(_START[of]).map(copy.deepcopy)
    if of == "questionnaire":
        written_out = st.builds(
            lambda case, unset: case.questionnaire.model_dump(mode="json", by_alias=True, exclude_unset=unset),
            cases(recommended=True),
            st.booleans(),
        )
        starts |= written_out
    document = draw(starts)
    for _ in range(draw(st.integers(0, 3))):
        container, key = draw(st.sampled_from(list(places(document))))
        match draw(st.sampled_from(["replace", "replace", "delete", "add"])):
            case "delete":
                del container[key]
            case "add" if isinstance(container, dict):
                container[draw(st.sampled_from(_KEYS))] = copy.deepcopy(draw(st.sampled_from(_HAZARDS)))
            case _:
                container[key] = copy.deepcopy(draw(st.sampled_from(_HAZARDS)))
        if not document:
            break
    return document


def places(value: Json) -> Iterator[tuple[Json, str | int]]:
    """Every container in it with each of its keys."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in entries:
        yield value, key
        yield from places(part)


def only_the_loader_sees(error: Json) -> bool:
    """A whole number with a point, an empty list, white space for a text, no day of the calendar, a text too long."""
    number = error["type"] == "int_type" and isinstance(error["input"], float) and error["input"].is_integer()
    of_another_branch = error.get("ctx", {}).get("pattern") == r"^\?$"
    return number or of_another_branch or error["type"] in ("value_error", "string_too_short", "string_too_long")


def schema_agrees(of: str, model: type[BaseModel], document: Json) -> None:
    accepted = VALIDATORS[of].is_valid(document)
    try:
        model.model_validate(with_tuples(document))
    except ValidationError as error:
        assert not accepted or all(only_the_loader_sees(detail) for detail in error.errors(include_url=False))
    else:
        assert accepted, [error.message for error in VALIDATORS[of].iter_errors(document)]


@given(spoiled("questionnaire"))
@example({**_START["questionnaire"][0], "title": " " * 9 + "y" * 10_000})
@example({**_START["questionnaire"][0], "title": {"en": "é😀" * 5_000}})
def test_the_schema_of_questionnaires_is_never_stricter_than_the_loader(document: Json) -> None:
    schema_agrees("questionnaire", Selection if "picks" in document else Questionnaire, document)


@given(spoiled("answers"))
def test_the_schema_of_answers_is_never_stricter_than_the_loader(document: Json) -> None:
    schema_agrees("answers", Answers, document)


def test_every_text_for_a_key_is_used() -> None:
    """That every key has one, the schemas themselves see to."""
    shown = json.dumps([SCHEMAS[of]() for of in SHIPPED], ensure_ascii=False)
    assert [name for name, text in HOVERS.items() if json.dumps(text, ensure_ascii=False) not in shown] == []
