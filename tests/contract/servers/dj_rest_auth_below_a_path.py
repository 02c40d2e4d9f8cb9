"""dj-rest-auth below /v1/, for an app below /shop/."""

from django.urls import include, path
from stock import ACCESS_TOKEN_LIFETIME, configure

configure(
    __name__,
    ["dj_rest_auth", "rest_framework_simplejwt.token_blacklist"],
    authentication="dj_rest_auth.jwt_auth.JWTCookieAuthentication",
    REST_AUTH={
        "USE_JWT": True,
        "TOKEN_MODEL": None,
        "JWT_AUTH_COOKIE": "access",
        "JWT_AUTH_REFRESH_COOKIE": "refresh",
        "JWT_AUTH_REFRESH_COOKIE_PATH": "/v1/auth/",
    },
    SIMPLE_JWT={"ACCESS_TOKEN_LIFETIME": ACCESS_TOKEN_LIFETIME},
)

from posts import Posts

urlpatterns = [path("v1/auth/", include("dj_rest_auth.urls")), path("v1/posts/", Posts.as_view())]
