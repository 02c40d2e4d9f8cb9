from dj_rest_auth.views import UserDetailsView
from django.urls import path

from . import views

urlpatterns = [
    path("user/", UserDetailsView.as_view(), name="user"),
    path("password/reset/", views.PasswordResetView.as_view(), name="password_reset"),
    path(
        "password/reset/confirm/",
        views.PasswordResetConfirmView.as_view(),
        name="password_reset_confirm",
    ),
]
