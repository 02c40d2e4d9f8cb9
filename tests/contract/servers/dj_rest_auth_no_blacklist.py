"""dj-rest-auth with JWTs in the body, rotated, without the app that could revoke them."""

from django.urls import include, path
from stock import ACCESS_TOKEN_LIFETIME, configure

configure(
    __name__,
    ["dj_rest_auth"],
    authentication="dj_rest_auth.jwt_auth.JWTCookieAuthentication",
    REST_AUTH={"USE_JWT": True, "TOKEN_MODEL": None, "JWT_AUTH_HTTPONLY": False},
    SIMPLE_JWT={"ACCESS_TOKEN_LIFETIME": ACCESS_TOKEN_LIFETIME, "ROTATE_REFRESH_TOKENS": True},
)

from posts import Posts

urlpatterns = [path("api/auth/", include("dj_rest_auth.urls")), path("api/posts/", Posts.as_view())]
