from django.db import transaction

from accounts.management.person import PersonCommand
from config.audit import Event, record
from yew_auth_django.models import Revocation
from yew_auth_django.sign_out import sign_out_everywhere


class Command(PersonCommand):
    help = "Let a person sign in no more, and end their sessions at once."

    @transaction.atomic
    def handle_user(self, user, **options):
        user.is_active = False
        user.save(update_fields=["is_active"])
        sign_out_everywhere(user, Revocation.SIGNED_OUT)
        record(Event.ACCOUNT_DISABLED, user.pk, by="command")
        self.stdout.write(f"{user.username} is disabled, and all sessions have ended")
