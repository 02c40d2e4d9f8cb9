"""The counters in the database: one statement counts, so that none gets lost in a race."""

import secrets
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from .models import Counter

# What is over is deleted by one in so many.
_SWEEP = 500

# PostgreSQL and SQLite understand it alike.
_ADD = """
INSERT INTO throttling_counter (key, number, ends_at) VALUES (%s, 1, %s)
ON CONFLICT (key) DO UPDATE SET
    number = CASE WHEN throttling_counter.ends_at <= %s THEN 1
                  ELSE throttling_counter.number + 1 END,
    ends_at = CASE WHEN throttling_counter.ends_at <= %s THEN excluded.ends_at
                   ELSE throttling_counter.ends_at END
RETURNING key, number, ends_at
"""


class DatabaseCounters:
    def add(self, key: str, seconds: int) -> tuple[int, float]:
        now = timezone.now()
        adapt = connection.ops.adapt_datetimefield_value
        end, adapted_now = adapt(now + timedelta(seconds=seconds)), adapt(now)
        counter = Counter.objects.raw(_ADD, [key, end, adapted_now, adapted_now])[0]
        if secrets.randbelow(_SWEEP) == 0:
            delete_ended(now)
        return counter.number, _seconds(counter.ends_at - now)

    def read(self, key: str) -> tuple[int, float]:
        now = timezone.now()
        counter = Counter.objects.filter(key=key, ends_at__gt=now).first()
        return (counter.number, _seconds(counter.ends_at - now)) if counter else (0, 0.0)

    def drop(self, key: str) -> None:
        Counter.objects.filter(key=key).delete()


def delete_ended(now) -> int:
    """How many there were."""
    return Counter.objects.filter(ends_at__lte=now).delete()[0]


def _seconds(duration: timedelta) -> float:
    return max(duration.total_seconds(), 0.0)
