"""dj-rest-auth with people who have an e-mail address for a username, and a UUID for a number."""

from django.urls import include, path
from stock import ACCESS_TOKEN_LIFETIME, configure

configure(
    __name__,
    ["dj_rest_auth", "rest_framework_simplejwt.token_blacklist", "person"],
    authentication="dj_rest_auth.jwt_auth.JWTCookieAuthentication",
    REST_AUTH={"USE_JWT": True, "TOKEN_MODEL": None, "JWT_AUTH_HTTPONLY": False},
    SIMPLE_JWT={"ACCESS_TOKEN_LIFETIME": ACCESS_TOKEN_LIFETIME},
    AUTH_USER_MODEL="person.Person",
)

from posts import Posts

urlpatterns = [path("api/auth/", include("dj_rest_auth.urls")), path("api/posts/", Posts.as_view())]
