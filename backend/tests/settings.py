"""The API's settings for the tests: whatever the caller's environment says, except
that DATABASE_URL may choose PostgreSQL, and REDIS_URL Redis."""

import atexit
import os
import re
import shutil
import tempfile
from pathlib import Path

# Every variable that the settings read, found where they read it.
_READ = re.compile(r'env\.\w+\(\s*"([A-Z_]+)"')
for source in (Path(__file__).parent.parent / "config").glob("*.py"):
    for name in _READ.findall(source.read_text(encoding="utf-8")):
        if name not in ("DATABASE_URL", "REDIS_URL"):
            os.environ.pop(name, None)
os.environ["DEBUG"] = "1"
os.environ["COOKIE_MODE"] = "0"
os.environ["STATE_DIR"] = tempfile.mkdtemp(prefix="backend-tests-")
atexit.register(shutil.rmtree, os.environ["STATE_DIR"], ignore_errors=True)

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, LOGGING, STATE_DIR  # noqa: E402
from config.settings import REDIS_URL as TEST_REDIS_URL  # noqa: E402, F401

if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # A file: threads that race for it need the locks of a real one.
    DATABASES["default"]["TEST"] = {"NAME": str(STATE_DIR / "test.sqlite3")}
else:
    # A test is one transaction, however busy the machine.
    DATABASES["default"]["OPTIONS"]["options"] = ""

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A thread would not see what a test has not committed; tests/test_mail.py has it in a server.
MAIL_IN_BACKGROUND = False
# Nobody can turn a Redis's clock: tests/test_counters.py has what is to be said of it.
REDIS_URL = ""
# A test that looks for such a record asks for its level by itself.
for logger in ("audit", "yew_auth_django"):
    LOGGING["loggers"][logger]["level"] = "NOTSET"
