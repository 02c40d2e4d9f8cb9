"""Fills the database: `python -m stock.prepare sessions COUNT FILE`, or `posts COUNT`."""

import json
import sys
from pathlib import Path

import django

from people import PASSWORD, name_of, posts_of

django.setup()

from django.contrib.auth.hashers import make_password  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from rest_framework_simplejwt.token_blacklist.models import OutstandingToken  # noqa: E402
from rest_framework_simplejwt.tokens import RefreshToken  # noqa: E402
from rest_framework_simplejwt.utils import datetime_from_epoch  # noqa: E402

from stock.posts.models import Post  # noqa: E402


def sessions(count: int, file: str) -> None:
    """A session for each of so many people; their tokens go into the file, a line each."""
    hashed = make_password(PASSWORD)
    people = User.objects.bulk_create(
        User(username=name_of(number), email=f"{name_of(number)}@example.test", password=hashed)
        for number in range(count)
    )
    outstanding = []
    with Path(file).open("w", encoding="utf-8") as lines:
        for user in people:
            token = RefreshToken()
            token["user_id"] = str(user.pk)
            outstanding.append(
                OutstandingToken(
                    user=user,
                    jti=token["jti"],
                    token=str(token),
                    created_at=token.current_time,
                    expires_at=datetime_from_epoch(token["exp"]),
                )
            )
            line = {"name": user.username, "id": "", "refresh": str(token)}
            lines.write(json.dumps({**line, "access": str(token.access_token)}) + "\n")
    OutstandingToken.objects.bulk_create(outstanding)


def posts(count: int) -> None:
    """Exactly so many posts."""
    Post.objects.all().delete()
    Post.objects.bulk_create(Post(**post) for post in posts_of(count))


if __name__ == "__main__":
    what, number, *file = sys.argv[1:]
    {"sessions": sessions, "posts": posts}[what](int(number), *file)
