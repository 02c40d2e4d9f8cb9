"""Django OAuth Toolkit with the password grant, for a client without a secret."""

from django.urls import include, path
from stock import ACCESS_TOKEN_LIFETIME, configure

configure(
    __name__,
    ["oauth2_provider"],
    authentication="oauth2_provider.contrib.rest_framework.OAuth2Authentication",
    OAUTH2_PROVIDER={"ACCESS_TOKEN_EXPIRE_SECONDS": ACCESS_TOKEN_LIFETIME.seconds},
)

from me import Me
from oauth2_provider.models import Application

from posts import Posts

urlpatterns = [
    path("o/", include("oauth2_provider.urls")),
    path("api/me/", Me.as_view()),
    path("api/posts/", Posts.as_view()),
]


def prepare() -> None:
    """Register the app."""
    Application.objects.create(
        name="The app",
        client_id="app",
        client_type=Application.CLIENT_PUBLIC,
        authorization_grant_type=Application.GRANT_PASSWORD,
    )
