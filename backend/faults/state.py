"""The standing rules and the log of requests: one of each, in this one process."""

import threading
import time
from collections import deque
from dataclasses import asdict, dataclass, field

from .rules import Drop, Rule

_LOG_LENGTH = 20_000


@dataclass
class LogEntry:
    """`status` is what the server answered, even where the answer was dropped;
    None while it has not answered, and for good where it never acted."""

    method: str
    path: str
    referer: str | None = None
    time: float = field(default_factory=time.time)
    status: int | None = None
    fault: bool = False
    dropped: Drop | None = None


class FaultState:
    def __init__(self):
        self._lock = threading.Lock()
        self._rules: list[Rule] = []
        self._log: deque[LogEntry] = deque(maxlen=_LOG_LENGTH)
        self._violations: list[dict] = []

    def arrival(self, method: str, path: str, referer: str | None) -> tuple[LogEntry, Rule | None]:
        """Log the request and take the first rule that matches, once."""
        entry = LogEntry(method, path, referer)
        with self._lock:
            self._log.append(entry)
            rule = next((rule for rule in self._rules if rule.matches(method, path)), None)
            if rule is not None:
                entry.fault = True
                if rule.times is not None:
                    rule.times -= 1
        return entry, rule

    def set_rules(self, rules: list[Rule]) -> None:
        with self._lock:
            self._rules = rules

    def clear(self) -> None:
        with self._lock:
            self._rules = []
            self._log.clear()
            self._violations = []

    def add_violation(self, report: dict) -> None:
        with self._lock:
            self._violations.append(report)

    def violations(self) -> list[dict]:
        with self._lock:
            return list(self._violations)

    def to_json(self) -> dict:
        with self._lock:
            return {
                "rules": [rule.to_json() for rule in self._rules],
                "log": [asdict(entry) for entry in self._log],
            }


STATE = FaultState()
