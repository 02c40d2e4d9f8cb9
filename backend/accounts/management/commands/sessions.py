from django.utils import timezone

from accounts.management.person import PersonCommand
from yew_auth_django.models import RefreshFamily


class Command(PersonCommand):
    help = "List a person's sessions, the newest first."

    def handle_user(self, user, **options):
        self.stdout.write(f"{user.username} <{user.email}>{'' if user.is_active else ', disabled'}")
        for session in RefreshFamily.objects.filter(user=user).order_by("-opened_at"):
            self.stdout.write(
                f"{session.pk}  signed in {_moment(session.opened_at)}  "
                f"refreshed {_moment(session.current_issued_at)}  {_state(session)}"
            )


def _state(session: RefreshFamily) -> str:
    if session.revoked_at:
        return f"ended {_moment(session.revoked_at)}: {session.revocation}"
    end = min(session.ends_at, session.current_expires_at)
    return f"{'lives until' if end > timezone.now() else 'ended'} {_moment(end)}"


def _moment(moment) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%SZ}"
