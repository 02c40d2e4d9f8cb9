"""How often one network may ask for one kind of thing."""

from django.conf import settings
from rest_framework.throttling import BaseThrottle

from config.client_address import client_address, network_of

from . import counters


class NetworkThrottle(BaseThrottle):
    """By the view's `throttle_scope`, which `THROTTLE_RATES` may give a rate.

    Who is signed in is counted as that user, wherever from: an office has one address.
    """

    seconds_left = 0.0

    def allow_request(self, request, view) -> bool:
        scope = getattr(view, "throttle_scope", None)
        rate = settings.THROTTLE_RATES.get(scope)
        if rate is None:
            return True
        count = counters.add(f"{scope}:{_subject(request)}", rate.seconds)
        self.seconds_left = count.seconds_left
        return count.number <= rate.times

    def wait(self) -> float:
        return self.seconds_left


def _subject(request) -> str:
    if request.user and request.user.is_authenticated:
        return f"user {request.user.pk}"
    return network_of(client_address(request))
