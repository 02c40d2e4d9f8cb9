"""Settings that must not start, started in a process of their own."""

import os
import subprocess
import sys

import pytest

from tests.live_server import BACKEND


def start(tmp_path, **environment: str) -> subprocess.CompletedProcess:
    variables = {
        "PATH": os.environ["PATH"],
        "STATE_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        **environment,
    }
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=BACKEND,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("settings", ["config.settings", "config.settings_idp"])
def test_both_servers_start_with_a_secret_key_and_without_debug(tmp_path, settings):
    started = start(tmp_path, SECRET_KEY="k" * 50, DJANGO_SETTINGS_MODULE=settings)
    assert started.returncode == 0, started.stderr


@pytest.mark.parametrize(
    ("environment", "complaint"),
    [
        ({}, "SECRET_KEY is required"),
        ({"DJANGO_SETTINGS_MODULE": "config.settings_idp"}, "SECRET_KEY is required"),
        ({"SECRET_KEY": "k" * 50, "FAULTS": "1"}, "it needs DEBUG=1"),
        ({"DEBUG": "1", "ACCESS_TTL": "soon"}, "ACCESS_TTL must be a whole number"),
        ({"DEBUG": "1", "SESSION_TTL": "0"}, "SESSION_TTL must be at least 1"),
        ({"DEBUG": "1", "COOKIE_MODE": "both"}, "COOKIE_MODE must be 0 or 1"),
        ({"DEBUG": "perhaps"}, "DEBUG must be 0 or 1"),
        ({"DEBUG": "1", "DATABASE_URL": "mysql://x"}, "DATABASE_URL must begin with"),
        ({"DEBUG": "1", "SPA_DIST": "/nowhere"}, "SPA_DIST has no index.html"),
    ],
    ids=str,
)
def test_a_setting_that_cannot_be_is_named(tmp_path, environment, complaint):
    started = start(tmp_path, **environment)
    assert started.returncode != 0
    assert complaint in started.stderr
