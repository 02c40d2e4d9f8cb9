from accounts.management.person import PersonCommand
from config.audit import Event, record


class Command(PersonCommand):
    help = "Let a person who was disabled sign in again. Former sessions stay ended."

    def handle_user(self, user, **options):
        user.is_active = True
        user.save(update_fields=["is_active"])
        record(Event.ACCOUNT_ENABLED, user.pk, by="command")
        self.stdout.write(f"{user.username} can sign in")
