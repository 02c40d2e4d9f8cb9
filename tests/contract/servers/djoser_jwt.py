"""djoser with its JWT endpoints, as its documentation sets them up."""

from django.urls import include, path
from stock import ACCESS_TOKEN_LIFETIME, configure

configure(
    __name__,
    ["djoser"],
    authentication="rest_framework_simplejwt.authentication.JWTAuthentication",
    SIMPLE_JWT={"ACCESS_TOKEN_LIFETIME": ACCESS_TOKEN_LIFETIME, "AUTH_HEADER_TYPES": ("JWT",)},
)

from posts import Posts

urlpatterns = [
    path("auth/", include("djoser.urls")),
    path("auth/", include("djoser.urls.jwt")),
    path("api/posts/", Posts.as_view()),
]
