"""The provider's settings but one: to hash a password takes a third of a second, on purpose."""

from config.settings_idp import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
