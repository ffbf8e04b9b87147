"""A summary of many buyers, read back: as hostile as any file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from claims import claim, group, summary
from typer.testing import Result

from cvp.errors import Unreadable
from cvp.finding import Invalid
from cvp.summaries import load_measure, measure_in

Run = Callable[..., Result]

LOWER = {"1": 60, "2": 0, "3": 0, "4": 0}
ESCAPE = "\x1b]0;owned\x07"


def sound(**more: Any) -> dict[str, Any]:
    return summary((0, 40, 20, 0), **more)


def bytes_of(said: object) -> bytes:
    return json.dumps(said).encode()


def test_what_is_counted_is_read(tmp_path: Path) -> None:
    file = tmp_path / "buyers.json"
    file.write_bytes(bytes_of(sound()))
    found = load_measure(str(file))
    assert found.everyone
    assert found.everyone.perceived.at_least(3).count == 20
    assert found.mirrors_of == "cafe"


def test_what_a_later_version_adds_is_let_be() -> None:
    assert measure_in("s.json", bytes_of(sound(more={"of": "it"}))).date == sound()["date"]


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"all": group((1, 2, 3, 4), n=9)}, "do not add up"),
        ({"all": group((1, 2, -3, 4))}, "at least 0"),
        ({"all": group((0, 1, 0, 0), not_secured=1)}, "more than are on Level 1"),
        ({"all": {**group((0, 9, 0, 0)), "levels": {"1": 9}}}, "`levels`"),
        ({"all": group((0, 9, 0, 0), scores={str(n): {"mean": None, "n": 3} for n in (1, 2, 3, 4)})}, "does not fit"),
        ({"all": group((0, 10**15, 0, 0))}, "at most"),
        ({"all": 7}, "a mapping"),
        ({"date": "yesterday"}, "`date`"),
        (
            {"segments": [{"column": "c", "withheld": 0, "groups": [group((0, 99, 0, 0))]}]},
            "more than there are buyers",
        ),
        ({"segments": "none"}, "a list"),
        ({"items": [{"id": "x", "label": "x", "short": "x", "level": 5, "mirrors": [], "mean": 0.5, "n": 3}]}, "level"),
        (
            {"items": [{"id": "x", "label": "x", "short": "x", "level": 1, "mirrors": [], "mean": 1.5, "n": 3}]},
            "at most",
        ),
        (
            {"items": [{"id": "x", "label": "x", "short": "x", "level": 1, "mirrors": [], "mean": 1, "n": 999}]},
            "not fit",
        ),
        ({"lenses": [{"id": "x"}]}, "is missing"),
        ({"all": group((0, 40, 20, 0), uncapped_levels=LOWER)}, "never lift"),
        ({"questionnaire": {"id": ESCAPE, "version": "1", "sha256": "1", "perspective": "buyer"}}, "not to be printed"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(run: Run, tmp_path: Path, more: dict[str, Any], what: str) -> None:
    own, theirs = tmp_path / "claim.json", tmp_path / "buyers.json"
    own.write_text(claim().to_json(), encoding="utf-8")
    theirs.write_text(json.dumps(sound(**more), ensure_ascii=False, indent=1), encoding="utf-8")
    with pytest.raises(Invalid):
        load_measure(str(theirs))
    result = run("compare", own, theirs)
    assert result.exit_code == 3
    assert what in " ".join(result.stderr.split())
    assert "buyers.json:" in result.stderr
    assert "\x1b" not in result.stderr
    assert not result.stdout


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b'{"cvp": "batch/2"}', "another version"),
        (b'{"cvp": "findings/1"}', "no summary"),
        (b"[]", "mapping"),
        (b'{"cvp": "batch/1", "all": NaN}', ""),
        (b'{"cvp": "batch/1"', ""),
        (b'{"cvp":' + b"[" * 30_000, ""),
    ],
)
def test_what_is_no_summary_is_refused(data: bytes, what: str) -> None:
    with pytest.raises((Unreadable, Invalid)) as caught:
        measure_in("s.json", data)
    assert what in str(caught.value) or isinstance(caught.value, Invalid)
