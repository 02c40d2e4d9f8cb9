"""How often one network may ask for one kind of thing."""

from django.conf import settings
from rest_framework.throttling import BaseThrottle

from config import audit
from config.client_address import client_address, network_of

from . import counters


class NetworkThrottle(BaseThrottle):
    """By the view's `throttle_scope`, which `THROTTLE_RATES` may give a rate."""

    seconds_left = 0.0

    def allow_request(self, request, view) -> bool:
        scope = getattr(view, "throttle_scope", None)
        self.seconds_left = seconds_to_wait(scope, request)
        if self.seconds_left:
            audit.record(audit.Event.LIMITED, scope=scope)
        return not self.seconds_left

    def wait(self) -> float:
        return self.seconds_left


def seconds_to_wait(scope: str | None, request) -> float:
    """Counts the request. Zero: it is within the limit.

    Who is signed in is counted as that user, wherever from: an office has one address.
    """
    rate = settings.THROTTLE_RATES.get(scope)
    if rate is None:
        return 0.0
    count = counters.add(f"{scope}:{_subject(request)}", rate.seconds)
    return count.seconds_left if count.number > rate.times else 0.0


def _subject(request) -> str:
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return f"user {user.pk}"
    return network_of(client_address(request))
