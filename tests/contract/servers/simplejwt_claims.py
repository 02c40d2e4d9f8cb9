"""simplejwt with rotation and revocation. Nothing but the token's claims says who is signed in."""

from django.urls import path
from stock import ACCESS_TOKEN_LIFETIME, configure

configure(
    __name__,
    ["rest_framework_simplejwt.token_blacklist"],
    authentication="rest_framework_simplejwt.authentication.JWTAuthentication",
    SIMPLE_JWT={
        "ACCESS_TOKEN_LIFETIME": ACCESS_TOKEN_LIFETIME,
        "ROTATE_REFRESH_TOKENS": True,
        "BLACKLIST_AFTER_ROTATION": True,
    },
)

from rest_framework_simplejwt.views import TokenBlacklistView, TokenObtainPairView, TokenRefreshView

from posts import Posts

urlpatterns = [
    path("api/token/", TokenObtainPairView.as_view()),
    path("api/token/refresh/", TokenRefreshView.as_view()),
    path("api/token/blacklist/", TokenBlacklistView.as_view()),
    path("api/posts/", Posts.as_view()),
]
