"""The hundred posts that come with the backend."""

import json
from pathlib import Path

from django.core.management.color import no_style
from django.db import connection, transaction

from .models import Post

_FILE = Path(__file__).parent / "fixtures" / "posts.json"


@transaction.atomic
def add_bundled_posts() -> int:
    """Add those that are missing, leave the others as they are; says how many."""
    before = Post.objects.count()
    Post.objects.bulk_create(
        (
            Post(id=post["id"], user_id=post["userId"], title=post["title"], body=post["body"])
            for post in json.loads(_FILE.read_text(encoding="utf-8"))
        ),
        ignore_conflicts=True,
    )
    # PostgreSQL's sequence has not noticed keys that were given.
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Post]):
            cursor.execute(statement)
    return Post.objects.count() - before
