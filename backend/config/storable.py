"""Texts that a database cannot keep."""

import json
from typing import Any


def is_storable(value: Any) -> bool:
    """Whether a JSON value has neither NUL nor half of a surrogate pair in it: PostgreSQL
    refuses the one, UTF-8 the other."""
    text = json.dumps(value, ensure_ascii=False)
    return "\\u0000" not in text and not any("\ud800" <= c <= "\udfff" for c in text)
