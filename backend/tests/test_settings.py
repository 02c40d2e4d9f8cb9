"""Settings that must not start, started in a process of their own."""

import json
import stat
import subprocess
import sys

import jwt
import pytest

from tests.live_server import BACKEND
from tests.production import KEY, OTHER_KEY, production


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=BACKEND,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def start(environment: dict[str, str]) -> subprocess.CompletedProcess:
    return run(environment, "manage.py", "check")


def settings_of(environment: dict[str, str], *names: str) -> list:
    """Their values, as a process with this environment has them."""
    program = (
        "import json, sys; from django.conf import settings; "
        "print(json.dumps([getattr(settings, name) for name in sys.argv[1:]], default=str))"
    )
    finished = run(environment, "-c", program, *names)
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout)


@pytest.mark.parametrize("settings", ["config.settings", "config.settings_idp"])
def test_both_servers_start_with_a_secret_key_and_without_debug(tmp_path, settings):
    started = start(production(tmp_path, DJANGO_SETTINGS_MODULE=settings))
    assert started.returncode == 0, started.stderr


def test_the_deployment_check_finds_nothing(tmp_path):
    checked = run(production(tmp_path), "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


DEVELOPMENT = {
    "DEBUG": "1",
    "SECRET_KEY": None,
    "JWT_SIGNING_KEY": None,
    "SPA_ORIGINS": None,
    "EMAIL_HOST": None,
    "DEFAULT_FROM_EMAIL": None,
}


@pytest.mark.parametrize("settings", ["config.settings", "config.settings_idp"])
def test_development_needs_nothing_but_debug(tmp_path, settings):
    started = start(production(tmp_path, DJANGO_SETTINGS_MODULE=settings, **DEVELOPMENT))
    assert started.returncode == 0, started.stderr


def test_on_ones_own_machine_http_and_mails_as_files_will_do(tmp_path):
    own_machine = {
        "LOOPBACK_ONLY": "1",
        "SPA_ORIGINS": "http://127.0.0.1:8080,http://localhost:8080",
        "COOKIE_SECURE": "0",
        "OIDC_SERVER_URL": "http://127.0.0.1:8022",
        "EMAIL_HOST": None,
        "DEFAULT_FROM_EMAIL": None,
    }
    started = start(production(tmp_path, **own_machine))
    assert started.returncode == 0, started.stderr


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY is required"),
        (
            {"SECRET_KEY": None, "DJANGO_SETTINGS_MODULE": "config.settings_idp"},
            "SECRET_KEY is required",
        ),
        ({"SECRET_KEY": "x"}, "SECRET_KEY must be at least 32 random bytes"),
        ({"SECRET_KEY": "k" * 50}, "SECRET_KEY must be at least 32 random bytes"),
        ({"JWT_SIGNING_KEY": None}, "JWT_SIGNING_KEY is required"),
        ({"JWT_SIGNING_KEY": KEY[:31]}, "JWT_SIGNING_KEY must be at least 32 random bytes"),
        ({"JWT_SIGNING_KEY_FALLBACKS": f"{KEY},x"}, "JWT_SIGNING_KEY_FALLBACKS must be"),
        ({"SECRET_KEY_FALLBACKS": "x"}, "SECRET_KEY_FALLBACKS must be"),
        ({"SPA_ORIGINS": None}, "SPA_ORIGINS is required"),
        ({"SPA_ORIGINS": " , "}, "SPA_ORIGINS is required"),
        ({"SPA_ORIGINS": "http://app.example.org"}, "SPA_ORIGINS must begin with https://"),
        ({"SPA_ORIGINS": "http://127.0.0.1:8080"}, "SPA_ORIGINS must begin with https://"),
        ({"SPA_ORIGINS": "https://app.example.org/app"}, "SPA_ORIGINS must hold origins"),
        ({"SPA_ORIGINS": "app.example.org"}, "SPA_ORIGINS must hold origins"),
        ({"SPA_ORIGINS": "https://me@app.example.org"}, "SPA_ORIGINS must hold origins"),
        ({"SPA_ORIGINS": "http://app.example.org", "LOOPBACK_ONLY": "1"}, "SPA_ORIGINS must begin"),
        ({"OIDC_SERVER_URL": "http://id.example.org"}, "OIDC_SERVER_URL must begin with https://"),
        ({"OIDC_SERVER_URL": "http://127.0.0.1:8022"}, "OIDC_SERVER_URL must begin with https://"),
        ({"OIDC_SERVER_URL": "id.example.org"}, "OIDC_SERVER_URL must be an address"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name the hosts"),
        ({"COOKIE_SECURE": "0"}, "COOKIE_SECURE=0 is for http"),
        ({"EMAIL_HOST": None}, "EMAIL_HOST is required"),
        ({"DEFAULT_FROM_EMAIL": None}, "DEFAULT_FROM_EMAIL is required"),
        ({"EMAIL_ENCRYPTION": "tls"}, "EMAIL_ENCRYPTION must be starttls, ssl or none"),
        ({"EMAIL_PORT": "0"}, "EMAIL_PORT must be at least 1"),
        ({"FAULTS": "1"}, "it needs DEBUG=1"),
        ({"ACCESS_TTL": "soon"}, "ACCESS_TTL must be a whole number"),
        ({"SESSION_TTL": "0"}, "SESSION_TTL must be at least 1"),
        ({"COOKIE_MODE": "both"}, "COOKIE_MODE must be 0 or 1"),
        ({"DEBUG": "perhaps"}, "DEBUG must be 0 or 1"),
        ({"DPOP_REQUIRED": "1"}, "DPOP_REQUIRED=1 is for bearer tokens"),
        ({"API_ORIGIN": "http://api.example.org"}, "API_ORIGIN must begin with https://"),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL must begin with"),
        ({"DATABASE_URL": "postgres://x/y?prepare_threshold=few"}, "must be a whole number"),
        ({"SPA_DIST": "/nowhere"}, "SPA_DIST has no index.html"),
    ],
    ids=str,
)
def test_a_setting_that_cannot_be_is_named(tmp_path, change, complaint):
    started = start(production(tmp_path, **change))
    assert started.returncode != 0
    assert complaint in started.stderr
    assert "Traceback" not in started.stderr


def test_production_uses_cookies_over_https_and_no_provider_that_nobody_asked_for(tmp_path):
    names = ("COOKIE_MODE", "COOKIE_SECURE", "SOCIALACCOUNT_PROVIDERS", "ALLOWED_HOSTS")
    cookies, secure, providers, hosts = settings_of(production(tmp_path), *names)
    assert (cookies, secure) == (True, True)
    assert providers == {"openid_connect": {"APPS": []}}
    assert hosts == ["app.example.org"]


def test_a_process_that_is_told_of_a_former_key_believes_it(tmp_path):
    program = (
        "import django, sys; django.setup(); "
        "from rest_framework_simplejwt.tokens import AccessToken; "
        "print(AccessToken(sys.argv[1])['jti'])"
    )
    claims = {"token_type": "access", "exp": 2**32, "jti": "of-the-former-key", "user_id": "1"}
    token = jwt.encode(claims, KEY, algorithm="HS256")
    told = production(tmp_path, JWT_SIGNING_KEY=OTHER_KEY, JWT_SIGNING_KEY_FALLBACKS=KEY)
    assert run(told, "-c", program, token).stdout.strip() == "of-the-former-key"
    not_told = production(tmp_path, JWT_SIGNING_KEY=OTHER_KEY)
    assert "Token is invalid" in run(not_told, "-c", program, token).stderr


def test_origins_are_taken_as_browsers_write_them(tmp_path):
    given = "HTTPS://App.Example.org:443/, https://other.example.org:8443"
    assert settings_of(production(tmp_path, SPA_ORIGINS=given), "SPA_ORIGINS") == [
        ["https://app.example.org", "https://other.example.org:8443"]
    ]


def test_a_database_that_does_not_answer_is_given_up(tmp_path):
    for query, seconds in [("", "5"), ("?connect_timeout=9&sslmode=require", "9")]:
        url = f"postgres://u:p@db.example.org/name{query}"
        [databases] = settings_of(production(tmp_path, DATABASE_URL=url), "DATABASES")
        assert databases["default"]["OPTIONS"]["connect_timeout"] == seconds


def test_a_transaction_of_a_paused_host_ends_unless_the_url_says_otherwise(tmp_path):
    for query, options in [("", "-c idle_in_transaction_session_timeout=8s"), ("?options=", "")]:
        url = f"postgres://u:p@db.example.org/name{query}"
        [databases] = settings_of(production(tmp_path, DATABASE_URL=url), "DATABASES")
        assert databases["default"]["OPTIONS"]["options"] == options


def test_queries_are_prepared_unless_the_url_says_otherwise(tmp_path):
    for query, threshold in [("", 5), ("?prepare_threshold=9", 9), ("?prepare_threshold=", None)]:
        url = f"postgres://u:p@db.example.org/name{query}"
        [databases] = settings_of(production(tmp_path, DATABASE_URL=url), "DATABASES")
        assert databases["default"]["OPTIONS"]["prepare_threshold"] == threshold


def test_https_for_subdomains_is_asked_for_only_on_request(tmp_path):
    names = ("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD")
    assert settings_of(production(tmp_path), *names) == [31536000, False, False]
    chosen = {"HSTS_SECONDS": "60", "HSTS_INCLUDE_SUBDOMAINS": "1", "HSTS_PRELOAD": "1"}
    assert settings_of(production(tmp_path, **chosen), *names) == [60, True, True]
    assert settings_of(production(tmp_path, HSTS_SECONDS="0"), *names)[0] == 0


def test_only_its_own_user_reads_what_a_server_writes(tmp_path):
    state = tmp_path / "state"
    state.mkdir()
    state.chmod(0o755)  # as a former version has left it
    migrated = run(production(state), "manage.py", "migrate", "-v0")
    assert migrated.returncode == 0, migrated.stderr
    written = [state, *state.rglob("*")]
    assert len(written) > 1
    for path in written:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_known_passwords_are_made_in_development_alone(tmp_path):
    environment = production(tmp_path, DJANGO_SETTINGS_MODULE="config.settings_idp")
    assert run(environment, "manage.py", "migrate", "-v0").returncode == 0
    seeded = run(environment, "manage.py", "seed_provider")
    assert seeded.returncode != 0
    assert "seed_provider needs DEBUG=1" in seeded.stderr
