"""Resetting a password, deaf to a token that it does not need."""

from dj_rest_auth import views as dj_rest_auth


class PasswordResetView(dj_rest_auth.PasswordResetView):
    authentication_classes = ()


class PasswordResetConfirmView(dj_rest_auth.PasswordResetConfirmView):
    authentication_classes = ()
