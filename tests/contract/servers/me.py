"""A user endpoint, as a project writes one for itself."""

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


class Me(APIView):
    """Whoever is signed in."""

    def get(self, request: Request) -> Response:
        """Describe them."""
        return Response({"id": request.user.pk, "username": request.user.username})
