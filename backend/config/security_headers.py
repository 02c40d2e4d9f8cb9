"""The headers by which a browser protects what it is answered. Django's own middlewares
add nosniff, Referrer-Policy, Cross-Origin-Opener-Policy and X-Frame-Options."""

from django.conf import settings

_HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    # What neither the app nor the provider uses, of the features that browsers know.
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), camera=(), clipboard-read=(), "
        "display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), "
        "hid=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), "
        "payment=(), picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), "
        "serial=(), storage-access=(), usb=(), window-management=(), xr-spatial-tracking=()"
    ),
}

# default-src does not stand in for the other two.
_NOTHING = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"


def content_security_policy(*directives: str) -> str:
    """Those, and nothing else: what has no directive here is forbidden."""
    return "; ".join([_NOTHING, *directives])


# Where the page's policy sends its reports, by the name that a header gives to an address.
REPORTS = "csp"


def reported_to(url: str) -> str:
    """Both directives: Firefox knows the older one alone."""
    return f"; report-uri {url}; report-to {REPORTS}"


# For answers that are no pages, should a browser ever show one.
NO_PAGE_POLICY = content_security_policy("form-action 'none'")


# Django's admin has no inline script; its icons are data.
ADMIN_POLICY = content_security_policy(
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
)


class SecurityHeadersMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self.headers = {**_HEADERS, **strict_transport_security()}

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        policy = policy_for(request.path)
        response.headers.setdefault("Content-Security-Policy", policy)
        if "report-to" in policy:
            response.headers["Reporting-Endpoints"] = f'{REPORTS}="{settings.CSP_REPORTS_URL}"'
        return response


def strict_transport_security() -> dict[str, str]:
    """Django adds it to a request that it knows to be https; behind a proxy it may not."""
    if not settings.SECURE_HSTS_SECONDS:
        return {}
    directives = [f"max-age={settings.SECURE_HSTS_SECONDS}"]
    if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS:
        directives.append("includeSubDomains")
    if settings.SECURE_HSTS_PRELOAD:
        directives.append("preload")
    return {"Strict-Transport-Security": "; ".join(directives)}


def policy_for(path: str) -> str:
    """The first whose prefix the path has."""
    for prefix, policy in settings.CONTENT_SECURITY_POLICIES:
        if path.startswith(prefix):
            return policy
    return NO_PAGE_POLICY
