"""Posts from a live service instead of the database."""

from rest_framework import serializers

from outbound.documents import Documents, UnavailableError
from outbound.gate import TooBusyError
from outbound.session import BoundedSession

# Everybody polls; the service is asked by one of them.
DOCUMENTS = Documents(fresh=5, stale=60, retry=5)


class UpstreamError(Exception):
    """The service did not answer, or not with posts."""


class PostSerializer(serializers.Serializer):
    userId = serializers.IntegerField()  # noqa: N815 (the field's name on the wire)
    id = serializers.IntegerField()
    title = serializers.CharField(allow_blank=True, trim_whitespace=False)
    body = serializers.CharField(allow_blank=True, trim_whitespace=False)


def fetch_posts(url: str) -> list[dict]:
    """Not older than a minute. Raises UpstreamError."""
    try:
        return DOCUMENTS.get(url, _fetch)
    except (UnavailableError, TooBusyError) as error:
        raise UpstreamError from error


def _fetch(url: str) -> list[dict]:
    with BoundedSession() as session:
        response = session.get(url)
    response.raise_for_status()
    posts = PostSerializer(data=response.json(), many=True)
    if not posts.is_valid():
        raise ValueError("the answer holds no posts")
    return posts.validated_data
