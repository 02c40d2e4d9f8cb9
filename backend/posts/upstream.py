"""Posts from a live service instead of the database."""

import requests
from rest_framework import serializers

_TIMEOUT = 5


class UpstreamError(Exception):
    """The service did not answer, or not with posts."""


class PostSerializer(serializers.Serializer):
    userId = serializers.IntegerField()  # noqa: N815 (the field's name on the wire)
    id = serializers.IntegerField()
    title = serializers.CharField(allow_blank=True, trim_whitespace=False)
    body = serializers.CharField(allow_blank=True, trim_whitespace=False)


def fetch_posts(url: str) -> list[dict]:
    try:
        response = requests.get(url, timeout=_TIMEOUT)
        response.raise_for_status()
        posts = PostSerializer(data=response.json(), many=True)
        posts.is_valid(raise_exception=True)
    except (requests.RequestException, serializers.ValidationError) as error:
        raise UpstreamError from error
    return posts.validated_data
