"""The data that each server protects."""

from django.utils.decorators import method_decorator
from django.views.decorators.csrf import ensure_csrf_cookie
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


# A page that Django renders would set the cookie that CSRF protection compares with.
# Here an answer does.
@method_decorator(ensure_csrf_cookie, name="dispatch")
class Posts(APIView):
    """Two posts, for somebody who is signed in."""

    def get(self, request: Request) -> Response:
        """List them."""
        return Response([{"id": 1, "title": "First post"}, {"id": 2, "title": "Second post"}])
