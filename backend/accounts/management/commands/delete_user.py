from django.core.management.base import CommandError

from accounts.management.person import PersonCommand
from config.audit import Event, record


class Command(PersonCommand):
    help = "Delete a person's account with all that belongs to it. There is no way back."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle_user(self, user, *, yes=False, **options):
        if not yes and input(f"Delete {user.username} <{user.email}>? Type the name: ") != (
            user.username
        ):
            raise CommandError("nothing is deleted")
        name, key = user.username, user.pk
        user.delete()
        record(Event.ACCOUNT_DELETED, key, by="command")
        self.stdout.write(f"{name} is deleted")
