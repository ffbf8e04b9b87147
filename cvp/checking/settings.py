"""`[tool.cvp]` in the nearest pyproject.toml: which rules run, how bad they are, what fails, file by file."""

import fnmatch
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationError

from cvp.errors import CvpError
from cvp.finding import Severity
from cvp.model import Frozen
from cvp.rules import BY_CODE, RULES, Rule

Prefix = Annotated[str, StringConstraints(pattern=r"^CVP\d{0,3}$")]
"""A rule's id, or the beginning of several: CVP3 is all of measurement."""
Level = Literal["error", "warning", "info"]


class WrongSettings(CvpError):
    """A pyproject.toml whose [tool.cvp] cannot be used."""


class Settings(Frozen):
    """What `[tool.cvp]` says; every key may be left out."""

    select: tuple[Prefix, ...] = ("CVP",)
    ignore: tuple[Prefix, ...] = ()
    severity: dict[Prefix, Level] = {}
    fail_on: Annotated[Level, Field(alias="fail-on")] = "warning"
    per_file_ignores: Annotated[dict[str, tuple[Prefix, ...]], Field(alias="per-file-ignores")] = {}

    def rules_for(self, file: Path, folder: Path) -> tuple[Rule, ...]:
        """The rules that run on a file; patterns of `per-file-ignores` are relative to `folder`."""
        ignored = self.ignore
        for pattern, prefixes in self.per_file_ignores.items():
            if fnmatch.fnmatch(_below(file, folder), pattern) or fnmatch.fnmatch(file.name, pattern):
                ignored += prefixes
        return _rules(self.select, ignored)

    @cached_property
    def text(self) -> str:
        """All that is set, to tell one set of settings from another."""
        return self.model_dump_json()

    def severity_of(self, code: str) -> Severity:
        """As the settings say for the longest prefix, else the rule's own."""
        prefix = max((p for p in self.severity if code.startswith(p)), key=len, default=None)
        return Severity[self.severity[prefix].upper()] if prefix else BY_CODE[code].severity


@cache
def _rules(select: tuple[str, ...], ignore: tuple[str, ...]) -> tuple[Rule, ...]:
    return tuple(rule for rule in RULES if _longest(rule.code, select) > _longest(rule.code, ignore))


def _longest(code: str, prefixes: tuple[str, ...]) -> int:
    """How long the longest prefix of the code is; the more exact of select and ignore wins, and ignore at a tie."""
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=0)


def _below(file: Path, folder: Path) -> str:
    try:
        return file.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        return file.as_posix()


def settings_for(file: Path) -> tuple[Settings, Path]:
    """The settings of the nearest pyproject.toml above the file that has some, and its folder. Raises WrongSettings."""
    return _settings_in(resolved(file.parent))


@cache
def resolved(folder: Path) -> Path:
    """The folder itself, whatever links lead to it; asked once a folder, since thousands of files lie in one."""
    return folder.resolve()


def settings_here() -> Settings:
    """The settings of the working directory. Raises WrongSettings."""
    try:
        here = Path.cwd()
    except OSError:
        raise WrongSettings("the working directory is gone; change to another") from None
    return _settings_in(here)[0]


@cache
def _settings_in(folder: Path) -> tuple[Settings, Path]:
    file = folder / "pyproject.toml"
    if file.is_file() and (found := _read(file)) is not None:
        return found, folder
    return (Settings(), folder) if folder.parent == folder else _settings_in(folder.parent)


def _read(file: Path) -> Settings | None:
    import tomllib  # where there is a file

    try:
        tool = tomllib.loads(file.read_text(encoding="utf-8")).get("tool", {})
    except (OSError, ValueError) as error:
        raise WrongSettings(f"{file}: cannot be read: {error}") from None
    if "cvp" not in tool:
        return None
    try:
        settings = Settings.model_validate_json(_json(tool["cvp"]))
    except ValidationError as error:
        raise WrongSettings(f"{file}: {_what_is_wrong(error)}") from None
    named = (*settings.select, *settings.ignore, *settings.severity, *sum(settings.per_file_ignores.values(), ()))
    if idle := [prefix for prefix in named if not any(rule.code.startswith(prefix) for rule in RULES)]:
        raise WrongSettings(f"{file}: [tool.cvp] names {idle[0]}, and no rule begins so; `cvp explain` lists them")
    return settings


def _json(table: object) -> str:
    """TOML's lists become tuples on the way through JSON, and its dates are refused as texts would be."""
    import json

    return json.dumps(table, default=str)


def _what_is_wrong(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"] if part != "[key]")
    if first["type"] == "extra_forbidden":
        known = ", ".join(field.alias or name for name, field in Settings.model_fields.items())
        return f"[tool.cvp] has no key `{where}`; there are {known}"
    if first["type"] == "string_pattern_mismatch":
        return f"[tool.cvp] {where}: is no rule; write CVP301, or CVP3 for all that begin so"
    kinds = {"tuple_type": "must be a list", "dict_type": "must be a table", "string_type": "must be a text"}
    return f"[tool.cvp] {where}: {kinds.get(first['type'], first['msg'].lower())}"
