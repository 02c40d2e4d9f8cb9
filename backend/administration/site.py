"""Django's admin, whose form to sign in has the limits of the API's."""

from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError

from accounts.identifier import guesser_of
from config import audit
from throttling.throttles import seconds_to_wait


class LimitedAuthenticationForm(AdminAuthenticationForm):
    def clean(self):
        guesser = guesser_of(self.request, self.cleaned_data.get("username") or "")
        wait = seconds_to_wait("sign_in", self.request) or guesser.seconds_to_wait()
        if wait:
            audit.record(audit.Event.LIMITED, scope="administration")
            raise ValidationError(f"Too many tries: wait {wait:.0f} seconds.")
        try:
            cleaned = super().clean()
        except ValidationError:
            audit.record(audit.Event.SIGN_IN_FAILED, method="administration")
            raise
        guesser.succeeded()
        audit.record(audit.Event.SIGNED_IN, self.get_user().pk, method="administration")
        return cleaned


class AdministrationSite(AdminSite):
    site_header = site_title = "yew-auth"
    login_form = LimitedAuthenticationForm
