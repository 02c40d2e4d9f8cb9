"""What this project counts beside django-prometheus, and where it is told."""

import secrets
from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse
from django_prometheus.exports import ExportToDjangoView
from prometheus_client import Counter

EVENTS = Counter("yew_auth_events", "Events of accounts, as in the audit log.", ["event"])
MAILS = Counter("yew_auth_mails", "Jobs to send mails, by how they ended.", ["result"])
FETCHES = Counter("yew_auth_fetches", "Documents fetched from other servers.", ["result"])
CSP_REPORTS = Counter("yew_auth_csp_reports", "Violations of the policy that browsers report.")


def metrics(request) -> HttpResponse:
    """For Prometheus, which shows METRICS_TOKEN; to anybody else there is nothing here."""
    expected = f"Bearer {settings.METRICS_TOKEN}"
    given = request.headers.get("Authorization", "")
    if not secrets.compare_digest(given.encode(), expected.encode()):
        return HttpResponse(status=HTTPStatus.NOT_FOUND)
    return ExportToDjangoView(request)
