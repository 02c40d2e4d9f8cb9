"""allauth headless for an app that keeps its session token: `X-Session-Token`."""

from django.urls import include, path
from stock import configure

configure(
    __name__,
    ["allauth", "allauth.account", "allauth.headless"],
    authentication="allauth.headless.contrib.rest_framework.authentication.XSessionTokenAuthentication",
    more_middleware=["allauth.account.middleware.AccountMiddleware"],
    ACCOUNT_EMAIL_VERIFICATION="none",
    AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
    HEADLESS_CLIENTS=["app"],
    HEADLESS_ONLY=True,
)

from posts import Posts

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("_allauth/", include("allauth.headless.urls")),
    path("api/posts/", Posts.as_view()),
]
