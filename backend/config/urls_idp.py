"""The provider's addresses: the protocol's, and the pages to sign in and out."""

from allauth.account.views import account_inactive, login, logout, reauthenticate, signup
from django.urls import include, path

urlpatterns = [
    path("", include("allauth.idp.urls")),
    path("accounts/login/", login, name="account_login"),
    path("accounts/logout/", logout, name="account_logout"),
    path("accounts/signup/", signup, name="account_signup"),
    path("accounts/inactive/", account_inactive, name="account_inactive"),
    path("accounts/reauthenticate/", reauthenticate, name="account_reauthenticate"),
]
