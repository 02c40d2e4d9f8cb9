from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.utils import timezone

from throttling.database_counters import delete_ended


class Command(BaseCommand):
    help = "Delete what is over: counts, and sessions. For a timer, once a day."

    def handle(self, *args, **options):
        self.stdout.write(f"{delete_ended(timezone.now())} counts deleted")
        if "purge_sessions" in get_commands():
            call_command("purge_sessions", stdout=self.stdout)
        if "clearsessions" in get_commands():  # the administrators' own
            call_command("clearsessions")
