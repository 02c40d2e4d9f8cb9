from uuid import UUID

from django.utils import timezone

from accounts.management.person import PersonCommand
from config.audit import Event, record
from yew_auth_django.models import RefreshFamily, Revocation


class Command(PersonCommand):
    help = "End a person's sessions, or the one that is named, at once."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--session", type=UUID, help="the id of one of them; without it, all end"
        )

    def handle_user(self, user, *, session=None, **options):
        living = RefreshFamily.objects.filter(user=user, revoked_at=None)
        if session is not None:
            living = living.filter(pk=session)
        ended = living.update(revoked_at=timezone.now(), revocation=Revocation.SIGNED_OUT)
        record(Event.SESSIONS_ENDED, user.pk, by="command")
        self.stdout.write(f"{ended} sessions of {user.username} ended")
