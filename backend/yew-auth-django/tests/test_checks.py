"""What `manage.py check` says of the settings."""

from datetime import timedelta

import pytest
from django.core.checks import run_checks
from django.core.management import call_command

from yew_auth_django.models import RefreshFamily


def found() -> list[str]:
    return [str(error.id) for error in run_checks() if str(error.id).startswith("yew_auth")]


def test_the_lines_of_the_readme_are_all_it_takes():
    assert found() == []


@pytest.mark.parametrize(
    ("settings_of_the_app", "error"),
    [
        ({"COOKIE": True}, "yew_auth.E001"),
        ({"API_PATH": "api/", "AUTH_PATH": "api/auth/"}, "yew_auth.E003"),
        ({"AUTH_PATH": "/api/auth"}, "yew_auth.E003"),
        ({"AUTH_PATH": "/auth/"}, "yew_auth.E006"),
        ({"SESSION_LIFETIME": timedelta(0)}, "yew_auth.E004"),
        ({"GRACE": timedelta(seconds=-1)}, "yew_auth.E004"),
        ({"SESSIONS_PER_BROWSER": 0}, "yew_auth.E004"),
        ({"SESSIONS_PER_USER": 0}, "yew_auth.E004"),
        ({"API_ORIGIN": "api.example"}, "yew_auth.E007"),
        ({"DPOP_REQUIRED": True}, "yew_auth.E008"),
        ({"REPLAYED_GENERATIONS": 0}, "yew_auth.E004"),
        ({"COOKIE_PREFIX": ""}, "yew_auth.E005"),
        ({"COOKIE_PREFIX": "my app"}, "yew_auth.E005"),
    ],
)
def test_a_setting_that_cannot_be_is_an_error(yew_auth, settings_of_the_app, error):
    yew_auth(**settings_of_the_app)
    assert set(found()) == {error}


def test_cookies_without_the_check_of_requests_are_an_error(settings, yew_auth):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "yew_auth" not in name]
    assert found() == ["yew_auth.E002"]
    yew_auth(COOKIES=False)
    assert found() == []


def advised() -> list[str]:
    found = run_checks(include_deployment_checks=True)
    return [str(error.id) for error in found if str(error.id).startswith("yew_auth")]


def test_c24_a_server_that_may_be_behind_a_proxy_is_told_to_name_its_origins(settings, yew_auth):
    settings.CSRF_TRUSTED_ORIGINS = []
    settings.SECURE_PROXY_SSL_HEADER = None
    yew_auth(SECURE=True, ORIGINS=None)
    assert advised() == ["yew_auth.W001"]
    yew_auth(SECURE=True, ORIGINS=["https://app.example"])
    assert advised() == []
    yew_auth(SECURE=False, ORIGINS=None)
    assert advised() == []


def test_every_change_of_the_model_has_its_migration(db):
    call_command("makemigrations", "refresh_families", check=True, dry_run=True)


def test_databases_know_the_app_by_the_name_it_had_in_the_backend():
    assert RefreshFamily._meta.db_table == "refresh_families_refreshfamily"
