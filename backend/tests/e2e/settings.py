"""The API's settings, with a fast password hash and the middleware of the end-to-end tests."""

from config.settings import *  # noqa: F403
from config.settings import MIDDLEWARE

# The production hash takes a third of a second, on purpose.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MIDDLEWARE = ["tests.e2e.page.PageMiddleware", *MIDDLEWARE]
