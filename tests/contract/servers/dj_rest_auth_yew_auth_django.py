"""dj-rest-auth with yew-auth-django, installed as its README says."""

from django.urls import include, path
from stock import ACCESS_TOKEN_LIFETIME, configure

configure(
    __name__,
    ["dj_rest_auth", "yew_auth_django"],
    authentication="yew_auth_django.authentication.FamilyAuthentication",
    more_middleware=["yew_auth_django.middleware.YewAuthMiddleware"],
    REST_AUTH={"USE_JWT": True, "TOKEN_MODEL": None},
    SIMPLE_JWT={"ACCESS_TOKEN_LIFETIME": ACCESS_TOKEN_LIFETIME},
    YEW_AUTH={"SECURE": False},
)

from posts import Posts

urlpatterns = [
    path("api/auth/", include("yew_auth_django.urls")),
    path("api/auth/", include("dj_rest_auth.urls")),
    path("api/posts/", Posts.as_view()),
]
