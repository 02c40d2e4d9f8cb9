"""The addresses, the product's own."""

from dj_rest_auth.jwt_auth import get_refresh_view
from django.urls import include, path

from .posts.views import PostListView

urlpatterns = [
    path("api/auth/token/refresh/", get_refresh_view().as_view()),
    path("api/auth/", include("dj_rest_auth.urls")),
    path("api/posts/", PostListView.as_view()),
]
