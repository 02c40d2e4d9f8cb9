"""Over cookies, only the app's own pages may change anything.

A browser adds the cookies to any page's request, so each unsafe request must show that
the app made it. None of this can be set by another site's page:

- `Origin` is one of `ORIGINS`. A browser sends it with every such request, so one
  without it is refused too. `Host`, which a proxy may rewrite, has a say only where
  the project has not listed its origins.
- `Sec-Fetch-Site`, where the browser sends it, does not say `cross-site` or `none`.
- `X-Session-Id` names the session that the page shows, or says `none`. A page of another
  origin can send it only after a preflight, which CORS refuses.

It is asked of every endpoint below `API_PATH` and whether or not a cookie came along, so
that nobody is signed in to a stranger's account either, and a stale cookie makes no
difference. Elsewhere it is asked of requests that are served by our cookies: Django's admin
has forms and a check of its own.
"""

import logging

from django.conf import settings

from .conf import SESSION_HEADER, yew_auth_settings
from .session_name import SAFE_METHODS, is_session_name

logger = logging.getLogger(__name__)

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


def tell_of(origin: str | None, request) -> None:
    """An operator whose proxy takes https, or changes `Host`, sees every change refused."""
    logger.warning(
        "refused a request of %.200r: the app's origins are %s. They are YEW_AUTH['ORIGINS'].",
        origin,
        own_origins(request),
    )


def why_foreign(request) -> str | None:
    """What the request lacks to be the app's own; None if nothing."""
    name = request.headers.get(SESSION_HEADER)
    if name is not None and not is_session_name(name):
        return SESSION_HEADER
    if request.method in SAFE_METHODS:
        return None
    origin = request.headers.get("Origin")
    if origin not in own_origins(request):
        tell_of(origin, request)
        return "Origin"
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in _OWN_SITES:
        return "Sec-Fetch-Site"
    return SESSION_HEADER if name is None else None
