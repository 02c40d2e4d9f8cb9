"""The table of sessions does not grow for ever."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from yew_auth_django.models import RefreshFamily, Revocation

DAY = 24 * 3600


@pytest.mark.django_db
@pytest.mark.over_both_transports
class TestOfOnePerson:
    def test_of_more_sessions_than_a_person_may_have_the_oldest_is_revoked(
        self, api, ada, yew_auth
    ):
        yew_auth(SESSIONS_PER_USER=3)
        sessions = [api.sign_in() for _ in range(5)]
        states = [api.refresh(session["refresh"]).status_code for session in sessions]
        assert states == [401, 401, 200, 200, 200]
        assert set(
            RefreshFamily.objects.exclude(revoked_at=None).values_list("revocation", flat=True)
        ) == {Revocation.DISPLACED}

    def test_sessions_that_are_over_do_not_count(self, api, ada, yew_auth, clock):
        yew_auth(SESSIONS_PER_USER=2)
        api.sign_in()
        signed_out = api.sign_in()
        api.send("auth/logout/", {"refresh": signed_out["refresh"]})
        clock.shift(8 * DAY)
        one, two = api.sign_in(), api.sign_in()
        assert api.refresh(one["refresh"]).status_code == 200
        assert api.refresh(two["refresh"]).status_code == 200
        assert not RefreshFamily.objects.filter(revocation=Revocation.DISPLACED).exists()

    def test_those_of_another_person_do_not_count(self, api, ada, grace, yew_auth):
        yew_auth(SESSIONS_PER_USER=1)
        hers, his = api.sign_in("ada"), api.sign_in("grace")
        assert api.refresh(hers["refresh"]).status_code == 200
        assert api.refresh(his["refresh"]).status_code == 200

    def test_there_is_a_limit_by_default(self, api, ada):
        for _ in range(60):
            RefreshFamily.open(ada)
        assert RefreshFamily.objects.unrevoked().count() == 50


def purge(*arguments) -> str:
    output = StringIO()
    call_command("purge_sessions", *arguments, stdout=output)
    return output.getvalue()


@pytest.fixture
def family(ada) -> RefreshFamily:
    return RefreshFamily.open(ada)


@pytest.mark.django_db
def test_a_live_session_is_not_purged(family):
    assert purge("--days", "0") == "0 sessions deleted.\n"
    assert RefreshFamily.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["revoked", "ended", "expired"])
def test_a_session_that_is_over_is_purged_after_the_days_that_it_is_kept(clock, family, end):
    if end == "revoked":
        family.revoke(Revocation.SIGNED_OUT)
    elif end == "ended":
        RefreshFamily.objects.update(ends_at=timezone.now())
    else:
        RefreshFamily.objects.update(current_expires_at=timezone.now())
    clock.shift(7 * DAY - 1)
    assert purge() == "0 sessions deleted.\n"
    clock.shift(302)  # an access token outlives the refresh token that it came with
    assert purge() == "1 sessions deleted.\n"
    assert not RefreshFamily.objects.exists()


@pytest.mark.django_db
def test_more_than_a_batch_is_purged(ada, monkeypatch):
    monkeypatch.setattr("yew_auth_django.management.commands.purge_sessions.BATCH", 2)
    for _ in range(5):
        RefreshFamily.open(ada).revoke(Revocation.SIGNED_OUT)
    kept = RefreshFamily.open(ada)
    RefreshFamily.objects.exclude(pk=kept.pk).update(revoked_at=timezone.now() - timedelta(days=8))
    assert purge() == "5 sessions deleted.\n"
    assert RefreshFamily.objects.get() == kept


@pytest.mark.django_db
def test_a_negative_number_of_days_is_an_error():
    with pytest.raises(CommandError, match="negative"):
        purge("--days=-1")
