"""Fills the product's database. Runs inside its `manage.py shell`."""

import json
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from people import PASSWORD, name_of, posts_of
from posts.models import Post
from yew_auth_django.conf import yew_auth_settings
from yew_auth_django.models import RefreshFamily, fingerprint, whole_second
from yew_auth_django.tokens import token_pair

# A crowd has ten sessions each.
_CROWD = """
WITH people AS (
    INSERT INTO accounts_user (id, username, email, password, first_name, last_name,
        is_superuser, is_staff, is_active, date_joined)
    SELECT gen_random_uuid(), key, key || '@example.test', '!', '', '', false, false, true, now()
    FROM (SELECT gen_random_uuid()::text AS key FROM generate_series(1, %s)) AS keys
    RETURNING id
)
INSERT INTO refresh_families_refreshfamily (id, user_id, opened_at, ends_at, current,
    current_issued_at, current_expires_at, revocation)
SELECT gen_random_uuid(), people.id, now(), now() + interval '30 days', gen_random_uuid(),
    now(), now() + interval '7 days', ''
FROM people, generate_series(1, 10)
"""


def sessions(count: int, file: str) -> None:
    """A session for each of so many people; their tokens go into the file, a line each."""
    hashed = make_password(PASSWORD)
    people = User.objects.bulk_create(
        User(username=name_of(number), email=f"{name_of(number)}@example.test", password=hashed)
        for number in range(count)
    )
    opened_at = timezone.now()
    families = [
        RefreshFamily(
            user=user,
            opened_at=opened_at,
            ends_at=whole_second(opened_at) + yew_auth_settings.SESSION_LIFETIME,
            password_fingerprint=fingerprint(hashed),
        )
        for user in people
    ]
    with Path(file).open("w", encoding="utf-8") as lines:
        for family in families:
            family._issue(whole_second(opened_at))
            tokens = {kind.value: str(token) for kind, token in token_pair(family).items()}
            line = {"name": family.user.username, "id": family.session_id, **tokens}
            lines.write(json.dumps(line) + "\n")
    RefreshFamily.objects.bulk_create(families)


def posts(count: int) -> None:
    """Exactly so many posts."""
    Post.objects.all().delete()
    Post.objects.bulk_create(Post(**post) for post in posts_of(count))


def crowd(families: int) -> None:
    """So many sessions in the table, with those that are there."""
    missing = families - RefreshFamily.objects.count()
    with transaction.atomic(), connection.cursor() as cursor:
        # Foreign keys are not checked, a million times.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(_CROWD, [missing // 10])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
