"""What an operator does to a person's account."""

from datetime import timedelta
from io import StringIO

import jwt
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from tests.conftest import PASSWORD
from throttling.models import Counter
from yew_auth_django.models import RefreshFamily

pytestmark = pytest.mark.django_db


def run(command: str, *arguments, **options) -> str:
    output = StringIO()
    call_command(command, *arguments, stdout=output, **options)
    return output.getvalue()


def is_signed_in(api, session: dict) -> bool:
    answer = api.fetch("posts/", session["access"])
    assert answer.status_code in (200, 401)
    return answer.status_code == 200


@pytest.mark.parametrize("person", ["ada", "ADA", "ada@example.test"])
def test_a_persons_sessions_are_listed_by_name_or_address(api, ada, grace, person, clock):
    session = api.sign_in()
    clock.shift(10)
    api.sign_in("grace")
    api.send("auth/logout/", {"refresh": api.sign_in()["refresh"]})
    lines = run("sessions", person).splitlines()
    assert lines[0] == "ada <ada@example.test>"
    assert len(lines) == 3
    assert ": signed_out" in lines[1]
    assert "lives until" in lines[2]
    assert session["refresh"] not in "".join(lines)


def test_all_sessions_of_a_person_and_of_nobody_else_are_ended(api, ada, grace):
    sessions, other = [api.sign_in(), api.sign_in()], api.sign_in("grace")
    assert "2 sessions of ada ended" in run("end_sessions", "ada")
    assert [is_signed_in(api, session) for session in sessions] == [False, False]
    assert [api.refresh(session["refresh"]).status_code for session in sessions] == [401, 401]
    assert is_signed_in(api, other)


def test_one_session_can_be_ended_alone(api, ada):
    first, second = api.sign_in(), api.sign_in()
    assert "1 sessions of ada ended" in run("end_sessions", "ada", session=session_id(first))
    assert (is_signed_in(api, first), is_signed_in(api, second)) == (False, True)


def session_id(session: dict) -> str:
    return jwt.decode(session["access"], options={"verify_signature": False})["sid"]


def test_who_is_disabled_is_out_and_stays_out_until_enabled(api, ada):
    session = api.sign_in()
    run("disable_user", "ada")
    assert not is_signed_in(api, session)
    body = {"username": "ada", "password": PASSWORD}
    assert api.send("auth/login/", body).status_code == 400
    run("enable_user", "ada")
    assert api.refresh(session["refresh"]).status_code == 401
    assert api.sign_in()


def test_who_is_deleted_leaves_nothing_behind(api, ada, grace):
    session = api.sign_in()
    assert "ada is deleted" in run("delete_user", "ada", yes=True)
    assert not is_signed_in(api, session)
    assert (User.objects.count(), RefreshFamily.objects.count()) == (1, 0)


def test_nobody_is_deleted_by_a_slip(ada, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda _: "adA")
    with pytest.raises(CommandError, match="nothing is deleted"):
        run("delete_user", "ada")
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "command", ["sessions", "end_sessions", "disable_user", "enable_user", "delete_user"]
)
def test_a_person_that_is_not_there_is_named(db, command):
    with pytest.raises(CommandError, match="nobody with the name or address 'eve'"):
        run(command, "eve")


def test_purging_deletes_counts_that_are_over(api, ada, limit, clock):
    limit("sign_in", 1)
    api.sign_in()
    clock.shift(61)
    Counter.objects.create(key="still", number=1, ends_at=timezone.now() + timedelta(days=1))
    assert "1 counts deleted" in run("purge")
    assert [counter.key for counter in Counter.objects.all()] == ["still"]
