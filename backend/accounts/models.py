"""The user, with a key that tells nothing and an e-mail address that is its own."""

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower, Upper


class User(AbstractUser):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("email address", unique=True)

    class Meta(AbstractUser.Meta):
        # PostgreSQL compares both by UPPER at a sign-in, whatever the case they are typed in.
        indexes = [
            models.Index(Upper("username"), name="accounts_user_upper_username"),
            models.Index(Upper("email"), name="accounts_user_upper_email"),
        ]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="accounts_user_email_ignoring_case"),
        ]
