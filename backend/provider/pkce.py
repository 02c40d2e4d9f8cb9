"""The provider takes S256 and nothing else, as its discovery document says.

allauth refuses a request without a challenge; oauthlib beneath it would still take
`plain`, which is also what a challenge without a method means.
"""

from django.shortcuts import render
from django.urls import reverse


class S256OnlyMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = request.GET
        if (
            request.path == reverse("idp:oidc:authorization")
            and "code_challenge" in query
            and query.get("code_challenge_method") != "S256"
        ):
            error = {"description": "The code challenge must use S256."}
            return render(request, "idp/oidc/error.html", {"error": error}, status=400)
        return self.get_response(request)
