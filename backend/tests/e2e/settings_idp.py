"""The identity provider's settings, with a fast password hash."""

from config.settings_idp import *  # noqa: F403

# The production hash takes a third of a second, on purpose.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
