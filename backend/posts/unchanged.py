"""A 304 for a poll of posts that have not changed, ahead of what a view needs to begin.

Most requests of all are such polls. One query tells of each whether its session lives and whether
the posts are still those that the browser has. Whatever else is the answer, the view says it.
"""

from django.conf import settings
from django.db import Error
from django.db.models import Subquery
from django.http import HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.functional import cached_property
from rest_framework.exceptions import APIException

from yew_auth_django.authentication import FamilyAuthentication
from yew_auth_django.conf import PROOF_HEADER
from yew_auth_django.family_lookup import FamilyLookup

from .models import Revision

CACHE_CONTROL = "private, no-cache"


class PollAuthentication(FamilyAuthentication):
    """Learns the revision of the posts by the query that looks for the session."""

    families = FamilyLookup(revision=Subquery(Revision.objects.filter(id=1).values("value")))
    revision: str | None = None

    def get_family(self, validated_token):
        family = super().get_family(validated_token)
        self.revision = family.revision
        return family


class UnchangedPostsMiddleware:
    """Just outside of the view: what all answers have in common is added to this one, too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self._unchanged(request) or self.get_response(request)

    def _unchanged(self, request) -> HttpResponse | None:
        if not self._is_poll(request):
            return None
        authentication = PollAuthentication()
        try:
            authenticated = authentication.authenticate(request)
        except (APIException, Error):
            return None
        if authenticated is None or authentication.revision is None:
            return None
        request.user, _ = authenticated
        return not_modified(request, etag_of(authentication.revision))

    def _is_poll(self, request) -> bool:
        """Limits are counted by the view, and a DPoP proof is good for one use: the view's."""
        return (
            request.path == self._path
            and request.method == "GET"
            and "If-None-Match" in request.headers
            and PROOF_HEADER not in request.headers
            and not settings.POSTS_UPSTREAM_URL
            and settings.THROTTLE_RATES["posts"] is None
        )

    @cached_property
    def _path(self) -> str:
        return reverse("posts")


def not_modified(request, etag: str) -> HttpResponse | None:
    """None if the browser has other posts than those of this ETag, or none."""
    response = get_conditional_response(request, etag=etag)
    if response is not None:
        response["ETag"] = etag
        response["Cache-Control"] = CACHE_CONTROL
    return response


def etag_of(revision: str) -> str:
    return f'"{revision}"'
