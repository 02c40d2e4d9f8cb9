"""One violation of the page's policy, as far as a log may hold it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

_LONGEST = 200


@dataclass(frozen=True)
class Violation:
    """Anybody can send one: nothing of it is believed, and only its shape is kept."""

    directive: str
    blocked: str
    page: str
    source: str
    line: int


def violations(content: Any) -> list[Violation]:
    """Those of either form; nothing of what is none."""
    if isinstance(content, dict) and isinstance(content.get("csp-report"), dict):
        return [_from_report_uri(content["csp-report"])]
    if not isinstance(content, list):
        return []
    bodies = (
        report.get("body")
        for report in content
        if isinstance(report, dict) and report.get("type") == "csp-violation"
    )
    return [_from_reporting_api(body) for body in bodies if isinstance(body, dict)]


def _from_report_uri(report: dict) -> Violation:
    return Violation(
        directive=_word(report.get("effective-directive") or report.get("violated-directive")),
        blocked=without_secrets(report.get("blocked-uri")),
        page=without_secrets(report.get("document-uri")),
        source=without_secrets(report.get("source-file")),
        line=_number(report.get("line-number")),
    )


def _from_reporting_api(body: dict) -> Violation:
    return Violation(
        directive=_word(body.get("effectiveDirective")),
        blocked=without_secrets(body.get("blockedURL")),
        page=without_secrets(body.get("documentURL")),
        source=without_secrets(body.get("sourceFile")),
        line=_number(body.get("lineNumber")),
    )


def without_secrets(address: Any) -> str:
    """Without query and fragment, which may hold a code or a token; `inline` and `eval` stay."""
    if not isinstance(address, str):
        return ""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return ""
    start = f"{parts.scheme}:" if parts.scheme else ""
    return _word(f"{start}//{host}{parts.path}" if host else f"{start}{parts.path}")


def _word(value: Any) -> str:
    return value[:_LONGEST] if isinstance(value, str) else ""


def _number(value: Any) -> int:
    return value if isinstance(value, int) and 0 <= value < 2**31 else 0
