"""Makes requests go wrong as the standing rules say, and logs each of them.

For tests alone: installed with FAULTS=1, which needs DEBUG=1. The rules live in
this process, so the server must run one worker.
"""

import time

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse

from . import connection
from .rules import Drop, Rule
from .state import STATE


class FaultMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(reverse("faults")):
            return self.get_response(request)
        referer = request.headers.get("Referer")
        entry, rule = STATE.arrival(request.method, request.path, referer)
        if rule is None:
            response = self.get_response(request)
            entry.status = response.status_code
            return response
        return self._faulty(request, rule, entry)

    def _faulty(self, request, rule: Rule, entry) -> HttpResponseBase:
        time.sleep(rule.delay / 1000)
        entry.dropped = rule.drop
        if rule.drop is Drop.BEFORE:
            return connection.cut(request)
        response = injected(rule) if rule.replaces_the_answer else self.get_response(request)
        entry.status = response.status_code
        time.sleep(rule.delay_after / 1000)
        if rule.drop is Drop.AFTER:
            return connection.cut(request)
        if rule.drop is Drop.MID:
            return connection.cut_mid_body(request, response)
        if rule.bytes_per_second:
            return connection.trickle(response, rule.bytes_per_second)
        return response


def injected(rule: Rule) -> HttpResponse:
    status = rule.status or (302 if rule.location else 200)
    if rule.html is not None:
        response = HttpResponse(rule.html, status=status)
    else:
        response = JsonResponse(rule.content, status=status, safe=False)
    if rule.retry_after is not None:
        response["Retry-After"] = rule.retry_after
    if rule.location is not None:
        response["Location"] = rule.location
    return response
