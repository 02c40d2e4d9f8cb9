"""Registration signs in too. It needs `dj_rest_auth.registration`, and so allauth."""

from allauth.account import app_settings as allauth_settings
from allauth.account.models import EmailAddress
from allauth.account.signals import user_signed_up
from dj_rest_auth.registration.views import RegisterView
from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.response import Response

from .sign_in import OpensSession, open_session

Verification = allauth_settings.EmailVerificationMethod


class RegistrationView(OpensSession, RegisterView):
    """Unlike allauth's own sign-up, it starts no Django session."""

    def create(self, request, *args, **kwargs):
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        verification = allauth_settings.EMAIL_VERIFICATION
        with transaction.atomic():
            user = serializer.save(request)
            family = (
                None
                if verification == Verification.MANDATORY
                else open_session(user, self.key_thumbprint)
            )
        if verification != Verification.NONE:
            send_confirmation(request, user)
        user_signed_up.send(sender=user.__class__, request=request._request, user=user)
        if family is None:
            detail = {"detail": _("Verification e-mail sent.")}
            return Response(detail, status=status.HTTP_201_CREATED)
        return self.signed_in(family, status.HTTP_201_CREATED)


def send_confirmation(request, user) -> None:
    if address := EmailAddress.objects.get_primary(user):
        address.send_confirmation(request._request, signup=True)
