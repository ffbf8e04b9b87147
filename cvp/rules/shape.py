"""pydantic's errors → faults in cvp's words, at routes that are in the file; and what is sound without them."""

import re
import types
from collections.abc import Iterable, Iterator
from math import ceil, floor
from typing import Annotated, Any, Final, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from cvp.document import Document, Edit, Fault, Route, Value, step_into
from cvp.level import LEVELS

Model = TypeVar("Model", bound=BaseModel)

_ROUNDS: Final = 6
# For what every file must say at the top, so that a fault there does not hide those below.
_STAND_INS: Final[dict[str, Value]] = {
    "cvp": 1,
    "id": "unnamed",
    "version": "0.0.0",
    "title": "-",
    "perspective": "company",
    "company": "-",
    "levels": {str(level): {"name": f"Level {level}"} for level in LEVELS},
}
_KINDS: Final = {"missing": "missing", "extra_forbidden": "unknown_key"}
_WANTED: Final = {
    "string_type": "a text",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
}
_WRONG: Final = {
    "literal_error": "must be {expected}",
    "greater_than_equal": "must be at least {ge:g}",
    "greater_than": "must be more than {gt:g}",
    "less_than_equal": "must be at most {le:g}",
    "string_too_short": "is empty; write the text",
    "string_too_long": "is longer than {max_length} characters",
    "too_short": "needs at least {min_length} entry",
    "too_long": "has more than {max_length} entries",
}
_NUMBER: Final = re.compile(r"(?P<number>[0-9]{1,6}(?:[.,][0-9]{1,6})?)\s*(?P<percent>%?)")
"""A text that was meant as a number."""
_PATTERNS: Final = (
    ("[a-z0-9_]", "is no id; use small letters, digits and _, with a letter first"),
    ("[1-9]", 'is no version; write three numbers in quotes, as in "1.0.0"'),
    ("https", "is no address; it must start with https:// and hold no spaces"),
    (r"\?", "is no choice's value; use small letters, digits and _, or \"?\" for don't know"),
    ("[a-z]{2,3}", "is no language code; write it as en or de-CH"),
)


def validated(model: type[Model], document: Document) -> tuple[Model | None, list[Fault]]:
    """The document as a model, and what is wrong with it.

    Where something is wrong, the model is what is left without it (a wrong weight falls back to its default, a
    criterion without a label drops out), so that further rules can run; None where nothing sound is left.
    """
    data = document.data
    faults: list[Fault] = []
    if data is None and document.faults:
        return None, faults  # it could not be read at all, which has been said
    for turn in range(_ROUNDS):
        try:
            return model.model_validate(data), faults
        except ValidationError as error:
            details = error.errors(include_url=False)
        routes = {_route(data, detail) for detail in details}
        if turn == 0:
            faults = list(_faults(model, document, details))
        if () in routes or not isinstance(data, dict):
            break
        missing = {route[0] for route in routes if len(route) == 1 and route[0] not in data}
        data = {**_without(data, routes), **{key: value for key, value in _STAND_INS.items() if key in missing}}
    return None, faults


def _faults(model: type[BaseModel], document: Document, details: Iterable[ErrorDetails]) -> Iterator[Fault]:
    seen: set[Route] = set()
    for detail in details:
        route = _route(document.data, detail)
        if detail["type"] == "missing":
            key = str(detail["loc"][-1])
            yield Fault(f"`{key}` is missing", route[:-1], on_key=True, kind="missing")
        elif route not in seen:  # a union gives an error a branch
            seen.add(route)
            yield _fault(model, document, route, detail)


def _fault(model: type[BaseModel], document: Document, route: Route, detail: ErrorDetails) -> Fault:
    name = f"`{route[-1]}`" if route and isinstance(route[-1], str) else "this entry" if route else "the file"
    type_ = detail["type"]
    if type_ == "extra_forbidden":
        known = sorted(_keys_at(model, document.data, route[:-1]))
        help_ = did_you_mean(str(route[-1]), known) or f"known here: {', '.join(known)}"
        return Fault(f"unknown key {name}", route, on_key=True, kind="unknown_key", help=help_)
    if wanted := _WANTED.get(type_):
        return Fault(
            f"{name} is {_what(detail['input'])} where {wanted} is wanted",
            route,
            kind="wrong_type",
            help=_quote(detail) or _as_number(detail),
            edits=_quotes(document, route, detail),
        )
    if detail["loc"][-1:] == ("[key]",):
        return Fault(f"the key {name} {_wrong_value(detail)}", route, on_key=True, kind="wrong_value")
    return Fault(f"{name} {_wrong_value(detail)}", route, kind="wrong_value", help=_twin(document, route))


def _what(value: object) -> str:
    match value:
        case None:
            return "empty"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case tuple():
            return "a list"
    return "a mapping"


def _quote(detail: ErrorDetails) -> str:
    if detail["loc"][-1:] == ("not_applicable",):
        return "write the reason"
    if detail["loc"][-1:] == ("version",):
        return 'write three numbers in quotes, as in "1.0.0"'
    if detail["type"] == "string_type" and isinstance(detail["input"], int | float):
        return "put it in quotes"
    if detail["type"] == "string_type" and detail["input"] is None:
        return "write the text; one that starts with # needs quotes"
    return ""


def _as_number(detail: ErrorDetails) -> str:
    """How to write what stands where a number is wanted; nothing where no number is."""
    if detail["type"] not in ("int_type", "float_type"):
        return ""
    value, example = detail["input"], "3" if detail["type"] == "int_type" else "0.5"
    if isinstance(value, float) and value > 0:
        low, high = max(1, floor(value)), ceil(value)
        return f"write {low}" if low == high else f"round it: {low} or {high}"
    if not isinstance(value, str) or not (found := _NUMBER.fullmatch(value.strip())):
        return f"write a number alone, in digits, as in {example}"
    number, percent = found["number"].replace(",", "."), found["percent"]
    if detail["type"] == "int_type" and (percent or not number.isdigit()):
        return f"write a whole number alone, as in {example}"
    return f"write {float(number) / 100:g}" if percent else f"write {number}, without quotes"


def _quotes(document: Document, route: Route, detail: ErrorDetails) -> tuple[Edit, ...]:
    """A number or a truth value where a text is wanted is that text without its quotes."""
    if detail["type"] != "string_type" or not isinstance(detail["input"], int | float):
        return ()
    if detail["loc"][-1:] in (("version",), ("not_applicable",)):
        return ()  # in quotes it would still be no version, and no reason
    place = document.place(route)
    written = document.line(place.line)[place.column - 1 : place.end_column - 1]
    return (Edit(place, f'"{written}"'),) if written and place.line == place.end_line else ()


def _twin(document: Document, route: Route) -> str:
    """Another id of the same list that differs from this one only by case."""
    here, items = document.at(route), document.at(route[:-2])
    if route[-1:] != ("id",) or not isinstance(here, str) or not isinstance(items, tuple):
        return ""
    ids = [item.get("id") for item in items if isinstance(item, dict)]
    twins = [key for key in ids if isinstance(key, str) and key != here and key.lower() == here.lower()]
    return f"it differs from `{twins[0]}` only by case" if twins else ""


def _wrong_value(detail: ErrorDetails) -> str:
    context = detail.get("ctx", {})
    if detail["type"] == "value_error":
        return str(context["error"])
    if detail["type"] == "string_pattern_mismatch":
        return next((text for part, text in _PATTERNS if part in context["pattern"]), "is not of the right form")
    return _WRONG.get(detail["type"], detail["msg"]).format(**context)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean weight?`, or nothing where nothing is near."""
    import difflib  # only a file with errors pays for it

    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean `{near[0]}`?" if near else ""


def _route(data: Value, detail: ErrorDetails) -> Route:
    """The parts of pydantic's location that are in the file; it holds tags of unions too."""
    route: list[str | int] = []
    loc = detail["loc"]
    for position, part in enumerate(loc):
        if (isinstance(data, dict) and part in data) or (isinstance(data, tuple) and isinstance(part, int)):
            data = step_into(data, part)
        elif detail["type"] != "missing" or position < len(loc) - 1:
            continue
        route.append(part)
    return tuple(route)


def _without(data: dict[str, Value], routes: set[Route]) -> dict[str, Value]:
    left = _less(data, routes)
    assert isinstance(left, dict)
    return left


def _less(data: Value, routes: set[Route]) -> Value:
    """`data` less what stands at the routes; where a key is missing, less what it is missing from."""
    if not routes:
        return data
    here = {route[0] for route in routes if len(route) == 1}
    deeper = {route for route in routes if len(route) > 1 and route[0] not in here}
    below = {route[0]: {r[1:] for r in deeper if r[0] == route[0]} for route in deeper}
    if isinstance(data, dict):
        kept = {key: value for key, value in data.items() if key not in here}
        gone = {key for key, rest in below.items() if isinstance(key, str) and _lacks(data.get(key), rest)}
        return {
            key: _less(value, below[key]) if key in below else value for key, value in kept.items() if key not in gone
        }
    if isinstance(data, tuple):
        return tuple(
            _less(value, below.get(index, set()))
            for index, value in enumerate(data)
            if index not in here and not _lacks(value, below.get(index, set()))
        )
    return data


def _lacks(data: Value, routes: set[Route]) -> bool:
    return isinstance(data, dict) and any(len(route) == 1 and route[0] not in data for route in routes)


def _keys_at(model: Any, data: Value, route: Route) -> set[str]:
    """The keys that the model knows where the route leads."""
    for step in route:
        model = _inside(model, step, data)
        data = step_into(data, step)
    if isinstance(model := _branch(model, data), type) and issubclass(model, BaseModel):
        return {field.alias or name for name, field in model.model_fields.items()}
    return set()


def _inside(model: Any, step: str | int, data: Value) -> Any:
    model = _branch(model, data)
    if isinstance(model, type) and issubclass(model, BaseModel):
        return next((f.annotation for name, f in model.model_fields.items() if step in (name, f.alias)), None)
    arguments = get_args(model)
    return arguments[1 if get_origin(model) is dict else 0] if arguments else None


def _branch(model: Any, data: Value) -> Any:
    """The branch of a union that data of this kind belongs to."""
    while get_origin(model) is Annotated:
        model = get_args(model)[0]
    if get_origin(model) not in (Union, types.UnionType):
        return model
    for branch in get_args(model):
        branch = _branch(branch, data)
        origin = get_origin(branch) or branch
        if isinstance(data, tuple) and origin is tuple:
            return branch
        if isinstance(data, dict) and (origin is dict or (isinstance(origin, type) and issubclass(origin, BaseModel))):
            return branch
    return None
