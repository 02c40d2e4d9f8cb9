"""One rule: which requests go wrong, how, and how often.

    {"path": "^/api/posts/$", "method": "GET", "times": 2, "status": 503, "retry_after": "7"}

| key                | meaning                                                              |
|--------------------|----------------------------------------------------------------------|
| `path`             | regular expression, searched in the path (required)                   |
| `method`           | only this method                                                      |
| `times`            | only the first so many requests; without it, all                      |
| `delay`            | milliseconds before the server acts                                   |
| `delay_after`      | milliseconds between the server's act and its answer                  |
| `status`           | answer this instead of acting (default 200, with `location` 302)      |
| `html`, `body`     | the answer's content: a page, or any JSON value                       |
| `retry_after`      | the answer's `Retry-After`, as it stands                              |
| `location`         | redirect there                                                        |
| `drop`             | cut the connection: `before` or `after` the server acted, or `mid` body |
| `bytes_per_second` | let the answer's body trickle                                         |
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Drop(StrEnum):
    BEFORE = "before"
    AFTER = "after"
    MID = "mid"


class BadRuleError(ValueError):
    """What was sent is no rule."""


_ABSENT = object()


@dataclass
class Rule:
    path: str
    method: str | None = None
    times: int | None = None
    delay: float = 0
    delay_after: float = 0
    status: int | None = None
    html: str | None = None
    body: Any = _ABSENT
    retry_after: str | None = None
    location: str | None = None
    drop: Drop | None = None
    bytes_per_second: int | None = None

    @classmethod
    def from_json(cls, value: Any) -> "Rule":
        try:
            rule = cls(**value)
            re.compile(rule.path)
            rule.drop = rule.drop and Drop(rule.drop)
        except (TypeError, ValueError, re.error) as error:
            raise BadRuleError(f"not a rule: {error}") from error
        return rule

    def to_json(self) -> dict:
        absent = (None, 0, _ABSENT)
        return {
            key: value
            for key, value in vars(self).items()
            if key == "times" or not any(value is a for a in absent)
        }

    def matches(self, method: str, path: str) -> bool:
        return (
            self.times != 0
            and self.method in (None, method)
            and re.search(self.path, path) is not None
        )

    @property
    def replaces_the_answer(self) -> bool:
        return (
            self.status is not None
            or self.html is not None
            or self.location is not None
            or self.body is not _ABSENT
        )

    @property
    def content(self) -> Any:
        return {"detail": "injected fault"} if self.body is _ABSENT else self.body
