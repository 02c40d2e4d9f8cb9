"""All posts as one bare array, and a 304 as long as nothing has changed."""

import hashlib
import json

from django.conf import settings
from django.db.models import F
from django.http import HttpResponse
from rest_framework.exceptions import APIException
from rest_framework.views import APIView

from .models import Post, Revision
from .unchanged import CACHE_CONTROL, etag_of, not_modified
from .upstream import UpstreamError, fetch_posts


class BadGateway(APIException):
    status_code = 502
    default_detail = "The posts service did not answer."
    default_code = "upstream_unavailable"


class PostListView(APIView):
    throttle_scope = "posts"

    def get(self, request):
        answer = _from_upstream if settings.POSTS_UPSTREAM_URL else _from_database
        return answer(request._request)


def _from_database(request) -> HttpResponse:
    """Asks for the posts only if they are not those that the browser has.

    The revision comes first: posts that change in between are then sent under the former
    one, and once more at the next poll. The other way round, a change would be missed.
    """
    etag = etag_of(Revision.current())
    return not_modified(request, etag) or _listing(
        list(Post.objects.values("id", "title", "body", userId=F("user_id"))), etag
    )


def _from_upstream(request) -> HttpResponse:
    try:
        posts = fetch_posts(settings.POSTS_UPSTREAM_URL)
    except UpstreamError as error:
        raise BadGateway from error
    etag = etag_of(hashlib.sha256(_json(posts)).hexdigest()[:32])
    return not_modified(request, etag) or _listing(posts, etag)


def _listing(posts: list[dict], etag: str) -> HttpResponse:
    headers = {"ETag": etag, "Cache-Control": CACHE_CONTROL}
    return HttpResponse(_json(posts), content_type="application/json", headers=headers)


def _json(posts: list[dict]) -> bytes:
    return json.dumps(posts, separators=(",", ":")).encode()
