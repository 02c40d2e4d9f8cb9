"""The tests' handle: GET the rules and the log, PUT rules, DELETE both."""

import json

from django.http import JsonResponse
from django.views.decorators.http import require_http_methods

from .rules import BadRuleError, Rule
from .state import STATE


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
