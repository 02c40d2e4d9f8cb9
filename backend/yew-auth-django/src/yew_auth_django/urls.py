"""To be included before dj-rest-auth's own addresses, which know no sessions."""

from django.apps import apps
from django.urls import path

from . import views
from .my_sessions import MySessionsView

urlpatterns = [
    path("login/", views.LoginView.as_view(), name="login"),
    path("logout/", views.LogoutView.as_view(), name="logout"),
    path("token/refresh/", views.RefreshView.as_view(), name="token_refresh"),
    path("token/verify/", views.VerifyView.as_view(), name="token_verify"),
    path("sessions/mine/", MySessionsView.as_view(), name="my_sessions"),
    path("password/change/", views.PasswordChangeView.as_view(), name="password_change"),
]

if apps.is_installed("dj_rest_auth.registration"):
    from .registration import RegistrationView

    urlpatterns.append(path("registration/", RegistrationView.as_view(), name="registration"))
