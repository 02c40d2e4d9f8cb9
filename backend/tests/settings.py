"""The API's settings for the tests: whatever the caller's environment says, except
that DATABASE_URL may choose PostgreSQL."""

import atexit
import os
import shutil
import tempfile

_OF_THE_CALLER = """
    ACCESS_TTL ALLOWED_HOSTS AUTH_RATE COOKIE_MODE COOKIE_SECURE DEFAULT_FROM_EMAIL EMAIL_BACKEND
    FAULTS GOOGLE_CLIENT_ID GOOGLE_CLIENT_SECRET NUM_PROXIES OIDC_CLIENT_ID OIDC_CLIENT_SECRET
    OIDC_NAME OIDC_SERVER_URL POSTS_RATE POSTS_UPSTREAM_URL REFRESH_TTL SECRET_KEY SESSION_TTL
    SPA_DIST SPA_ORIGINS SQLITE_PATH STATE_DIR
"""
for name in _OF_THE_CALLER.split():
    os.environ.pop(name, None)
os.environ["DEBUG"] = "1"
os.environ["STATE_DIR"] = tempfile.mkdtemp(prefix="backend-tests-")
atexit.register(shutil.rmtree, os.environ["STATE_DIR"], ignore_errors=True)

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, STATE_DIR  # noqa: E402

if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # A file: threads that race for it need the locks of a real one.
    DATABASES["default"]["TEST"] = {"NAME": str(STATE_DIR / "test.sqlite3")}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
