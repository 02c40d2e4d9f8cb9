"""What has to be done around each request over cookies."""

from django.http import JsonResponse
from django.utils.cache import patch_vary_headers

from .conf import SESSION_HEADER, yew_auth_settings
from .cookies import expire_cookies
from .dpop_nonce import add_nonce
from .errors import SESSION_REQUIRED, NotOwnRequestError
from .jar import Jar
from .own_requests import why_foreign

_TO_EXPIRE = "_yew_auth_to_expire"
_NAME_NEEDED = "_yew_auth_name_needed"


def expire_with_the_answer(request, *session_ids: str) -> None:
    """The cookies of sessions that are over go with whatever is answered."""
    request = getattr(request, "_request", request)
    setattr(request, _TO_EXPIRE, getattr(request, _TO_EXPIRE, set()).union(session_ids))


def ask_for_a_name(request) -> None:
    """Of several sessions none was named: a 401, should it come to that, says so."""
    setattr(getattr(request, "_request", request), _NAME_NEEDED, True)


class YewAuthMiddleware:
    """Over cookies lets only the app's own pages change anything, and expires cookies that
    are over. Over bearer tokens tells nonces for proofs."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not yew_auth_settings.COOKIES:
            add_nonce(request, response)
            return response
        if response.status_code == 401 and getattr(request, _NAME_NEEDED, False):
            response = JsonResponse(SESSION_REQUIRED, status=409)
        for session_id in sorted(getattr(request, _TO_EXPIRE, ())):
            expire_cookies(response, session_id)
        # A browser's cache must not answer one session with what another was answered.
        if SESSION_HEADER in request.headers:
            patch_vary_headers(response, [SESSION_HEADER])
        elif Jar.was_read(request):
            patch_vary_headers(response, [SESSION_HEADER, "Cookie"])
        return response

    def process_view(self, request, view, args, kwargs):
        if not yew_auth_settings.COOKIES:
            return None
        below = yew_auth_settings.API_PATH
        if getattr(view, "from_anyone", False) or not request.path.startswith(below):
            return None
        lacking = why_foreign(request)
        if lacking is None:
            return None
        return JsonResponse(NotOwnRequestError(lacking).detail, status=403)
