"""Over cookies, only the app's own pages may change anything.

A browser adds the cookies to any page's request, so each unsafe request must show that
the app made it. None of this can be set by another site's page:

- `Origin` is one of `ORIGINS`. A browser sends it with every such request, so one
  without it is refused too. `Host`, which a proxy may rewrite, has a say only where
  the project has not listed its origins.
- `Sec-Fetch-Site`, where the browser sends it, does not say `cross-site` or `none`.
- `X-CSRF: 1`: a page of another origin can send it only after a preflight, which CORS
  refuses.

It is asked of every endpoint and whether or not a cookie came along, so that nobody is
signed in to a stranger's account either, and a stale cookie makes no difference.
"""

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import JsonResponse

from .conf import yew_auth_settings

HEADER = "X-CSRF"
_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
# `same-site` is the app on another port or host of the site, told by its Origin.
_OWN_SITES = {"same-origin", "same-site"}


def from_anyone(view):
    """Exempt a view: what it does is anybody's to ask for."""
    view.from_anyone = True
    return view


def own_origins(request) -> list[str]:
    """Those of the app's pages."""
    if yew_auth_settings.ORIGINS is not None:
        return yew_auth_settings.ORIGINS
    return [f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS]


def why_foreign(request) -> str | None:
    """What the request lacks to be the app's own; None if nothing."""
    if request.headers.get("Origin") not in own_origins(request):
        return "Origin"
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in _OWN_SITES:
        return "Sec-Fetch-Site"
    if request.headers.get(HEADER) != "1":
        return HEADER
    return None


class OwnRequestsMiddleware:
    def __init__(self, get_response):
        if not yew_auth_settings.COOKIES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method in _SAFE_METHODS or getattr(view, "from_anyone", False):
            return None
        lacking = why_foreign(request)
        if lacking is None:
            return None
        return JsonResponse(
            {"detail": f"Not a request of the app: {lacking}.", "code": "csrf_failed"}, status=403
        )
