"""dj-rest-auth without tokens: Django's session cookie, and Django's CSRF protection."""

from django.urls import include, path
from stock import configure

configure(
    __name__,
    ["dj_rest_auth"],
    authentication="rest_framework.authentication.SessionAuthentication",
    REST_AUTH={"TOKEN_MODEL": None},
)

from posts import Posts

urlpatterns = [path("api/auth/", include("dj_rest_auth.urls")), path("api/posts/", Posts.as_view())]
