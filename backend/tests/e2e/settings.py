"""The API's settings but one: to hash a password takes a third of a second, on purpose."""

from config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
