"""JSON that any pipe carries: ASCII alone, so that no encoding breaks it and no character of it steers a screen."""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "bool | int | str | Sequence[Json] | Mapping[str, Json] | None"


def written(data: Json) -> str:
    """The same text for the same data; ends with a line feed."""
    return json.dumps(data, indent=2, ensure_ascii=True, allow_nan=False).replace("\x7f", "\\u007f") + "\n"
