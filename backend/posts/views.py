"""All posts as one bare array, and a 304 as long as nothing has changed."""

import hashlib
import json

from django.conf import settings
from django.db.models import F
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from rest_framework.exceptions import APIException
from rest_framework.views import APIView

from .models import Post, Revision
from .upstream import UpstreamError, fetch_posts


class BadGateway(APIException):
    status_code = 502
    default_detail = "The posts service did not answer."
    default_code = "upstream_unavailable"


class PostListView(APIView):
    throttle_scope = "posts"

    def get(self, request):
        answer = _from_upstream if settings.POSTS_UPSTREAM_URL else _from_database
        response = answer(request._request)
        response["Cache-Control"] = "private, no-cache"
        return response


def _from_database(request) -> HttpResponse:
    """Asks for the posts only if they are not those that the browser has.

    The revision comes first: posts that change in between are then sent under the former
    one, and once more at the next poll. The other way round, a change would be missed.
    """
    etag = f'"{Revision.current()}"'
    return _not_modified(request, etag) or _listing(
        list(Post.objects.values("id", "title", "body", userId=F("user_id"))), etag
    )


def _from_upstream(request) -> HttpResponse:
    try:
        posts = fetch_posts(settings.POSTS_UPSTREAM_URL)
    except UpstreamError as error:
        raise BadGateway from error
    etag = f'"{hashlib.sha256(_json(posts)).hexdigest()[:32]}"'
    return _not_modified(request, etag) or _listing(posts, etag)


def _not_modified(request, etag: str) -> HttpResponse | None:
    response = get_conditional_response(request, etag=etag)
    if response is not None:
        response["ETag"] = etag
    return response


def _listing(posts: list[dict], etag: str) -> HttpResponse:
    return HttpResponse(_json(posts), content_type="application/json", headers={"ETag": etag})


def _json(posts: list[dict]) -> bytes:
    return json.dumps(posts, separators=(",", ":")).encode()
