"""Browsers tell what the page was not let do; anybody can pretend to be one."""

import json
import logging

import pytest

pytestmark = pytest.mark.django_db

OLD = {
    "csp-report": {
        "document-uri": "https://app.test/auth/callback/dev?code=secret#secret",
        "effective-directive": "script-src-elem",
        "blocked-uri": "https://user:secret@evil.test/x.js?secret",
        "source-file": "inline",
        "line-number": 7,
    }
}
NEW = [
    {
        "type": "csp-violation",
        "url": "https://app.test/",
        "body": {
            "documentURL": "https://app.test/posts?secret",
            "effectiveDirective": "img-src",
            "blockedURL": "data",
            "lineNumber": 9,
        },
    },
    {"type": "deprecation", "body": {"id": "secret"}},
]


@pytest.fixture(autouse=True)
def _reports_are_taken(settings):
    from django.urls import clear_url_caches, include, path

    from config import urls

    added = path("api/csp-reports/", include("csp_reports.urls"))
    urls.urlpatterns.append(added)
    clear_url_caches()
    yield
    urls.urlpatterns.remove(added)
    clear_url_caches()


def report(api, content, kind: str = "application/csp-report", path: str = "csp-reports/"):
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return api.generic("POST", f"/api/{path}", body, content_type=kind)


@pytest.mark.parametrize(
    ("content", "kind", "directive", "blocked", "page"),
    [
        (
            OLD,
            "application/csp-report",
            "script-src-elem",
            "https://evil.test/x.js",
            "https://app.test/auth/callback/dev",
        ),
        (NEW, "application/reports+json", "img-src", "data", "https://app.test/posts"),
    ],
    ids=["report-uri", "report-to"],
)
def test_a_violation_is_logged_without_secrets(
    api, caplog, content, kind, directive, blocked, page
):
    assert report(api, content, kind).status_code == 204
    [record] = [record for record in caplog.records if record.name == "csp_reports.views"]
    assert record.levelno == logging.WARNING
    assert (record.directive, record.blocked, record.page) == (directive, blocked, page)
    assert "secret" not in str(record.__dict__)


def test_a_page_of_another_site_may_report_also_over_cookies(api, settings):
    """A browser sends no Origin with a report, and no header of the app's."""
    assert report(api, OLD).status_code == 204


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[" * 100_000,
        {},
        {"csp-report": []},
        {"csp-report": {"line-number": "7", "blocked-uri": {"a": 1}, "document-uri": "http://["}},
        [],
        [7, None, {"type": "csp-violation"}],
    ],
    ids=repr,
)
@pytest.mark.parametrize("kind", ["application/csp-report", "application/reports+json"])
def test_what_is_no_report_does_no_harm(api, content, kind):
    assert report(api, content, kind).status_code in (204, 400)


def test_other_kinds_of_bodies_are_refused(api):
    assert report(api, OLD, "text/plain").status_code == 415


def test_reports_have_a_limit(api, limit):
    limit("csp_reports", 2)
    assert [report(api, OLD).status_code for _ in range(3)] == [204, 204, 429]
