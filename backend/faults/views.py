"""The tests' handle: GET the rules and the log, PUT rules, DELETE all that was kept."""

import json

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods

from yew_auth_django.own_requests import from_anyone

from .rules import BadRuleError, Rule
from .state import STATE


@from_anyone
@require_http_methods(["GET", "PUT", "DELETE"])
def control(request):
    if request.method == "PUT":
        try:
            STATE.set_rules([Rule.from_json(rule) for rule in json.loads(request.body)])
        except (BadRuleError, TypeError, ValueError) as error:
            return JsonResponse({"detail": str(error)}, status=400)
    elif request.method == "DELETE":
        STATE.clear()
    return JsonResponse(STATE.to_json())


@from_anyone
@require_http_methods(["GET", "POST"])
def csp(request):
    """What the app's page did against its policy, as browsers have reported it."""
    if request.method == "GET":
        return JsonResponse(STATE.violations(), safe=False)
    try:
        STATE.add_violation(json.loads(request.body)["csp-report"])
    except (KeyError, TypeError, ValueError) as error:
        return JsonResponse({"detail": f"not a report: {error}"}, status=400)
    return HttpResponse(status=204)
