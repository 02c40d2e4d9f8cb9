"""dj-rest-auth with JWTs and nothing else set.

`JWT_AUTH_HTTPONLY` keeps the refresh token out of the body, and no cookie has it.
"""

from django.urls import include, path
from stock import ACCESS_TOKEN_LIFETIME, configure

configure(
    __name__,
    ["dj_rest_auth", "rest_framework_simplejwt.token_blacklist"],
    authentication="dj_rest_auth.jwt_auth.JWTCookieAuthentication",
    REST_AUTH={"USE_JWT": True, "TOKEN_MODEL": None},
    SIMPLE_JWT={"ACCESS_TOKEN_LIFETIME": ACCESS_TOKEN_LIFETIME},
)

from posts import Posts

urlpatterns = [path("api/auth/", include("dj_rest_auth.urls")), path("api/posts/", Posts.as_view())]
