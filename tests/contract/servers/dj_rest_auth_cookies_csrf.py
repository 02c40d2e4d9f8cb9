"""dj-rest-auth with JWTs in cookies, CSRF protection, and rotation."""

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
        "JWT_AUTH_COOKIE_USE_CSRF": True,
    },
    SIMPLE_JWT={
        "ACCESS_TOKEN_LIFETIME": ACCESS_TOKEN_LIFETIME,
        "ROTATE_REFRESH_TOKENS": True,
        "BLACKLIST_AFTER_ROTATION": True,
    },
)

from posts import Posts

urlpatterns = [path("api/auth/", include("dj_rest_auth.urls")), path("api/posts/", Posts.as_view())]
