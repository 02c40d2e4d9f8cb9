"""All posts as one bare array, and a 304 as long as nothing has changed."""

import hashlib
import json

from django.conf import settings
from django.db.models import F
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from rest_framework.exceptions import APIException
from rest_framework.views import APIView

from .models import Post
from .upstream import UpstreamError, fetch_posts


class BadGateway(APIException):
    status_code = 502
    default_detail = "The posts service did not answer."
    default_code = "upstream_unavailable"


def current_posts() -> list[dict]:
    if not settings.POSTS_UPSTREAM_URL:
        return list(Post.objects.values("id", "title", "body", userId=F("user_id")))
    try:
        return fetch_posts(settings.POSTS_UPSTREAM_URL)
    except UpstreamError as error:
        raise BadGateway from error


class PostListView(APIView):
    throttle_scope = "posts"

    def get(self, request):
        body = json.dumps(current_posts(), separators=(",", ":")).encode()
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        response = get_conditional_response(request._request, etag=etag) or HttpResponse(
            body, content_type="application/json"
        )
        response["ETag"] = etag
        response["Cache-Control"] = "private, no-cache"
        return response
