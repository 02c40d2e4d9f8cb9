"""Forgets the sessions that are over: without it their table only grows."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from yew_auth_django.models import RefreshFamily

BATCH = 1000


class Command(BaseCommand):
    help = "Delete the sessions that have been over for some days. Run it daily."

    def add_arguments(self, parser):
        parser.add_argument(
            "--days",
            type=int,
            default=7,
            help="how many days a session that is over is kept, for who looks into it (default: 7)",
        )

    def handle(self, *args, days: int, **options):
        if days < 0:
            raise CommandError("--days must not be negative.")
        over = RefreshFamily.objects.over(since=timezone.now() - timedelta(days=days))
        ids = over.order_by("pk").values_list("pk", flat=True)
        deleted = 0
        # In batches: a single statement would hold its locks for as long as it takes. From
        # where the last one ended: each row is looked at once.
        batch = list(ids[:BATCH])
        while batch:
            deleted += RefreshFamily.objects.filter(pk__in=batch).delete()[0]
            batch = list(ids.filter(pk__gt=batch[-1])[:BATCH])
        self.stdout.write(f"{deleted} sessions deleted.")
