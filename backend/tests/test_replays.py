"""A thief who keeps in step with the owner: both refresh with each token of the family."""

import logging
from datetime import timedelta

import pytest

from yew_auth_django.models import RefreshFamily, Revocation

pytestmark = [pytest.mark.django_db, pytest.mark.over_both_transports]


def is_over(answer) -> bool:
    return (answer.status_code, answer.json().get("code")) == (401, "token_not_valid")


def replayed(api, token: str) -> str:
    """Both holders use it; each is told the same successor."""
    [successor] = {api.refreshed(token)["refresh"] for _ in range(2)}
    return successor


def test_s6_the_third_generation_in_a_row_with_a_replay_kills_the_family(api, ada):
    token = replayed(api, replayed(api, api.sign_in()["refresh"]))
    last = api.refreshed(token)
    assert is_over(api.refresh(token))
    assert is_over(api.refresh(last["refresh"]))
    assert is_over(api.fetch("posts/", last["access"]))
    assert RefreshFamily.objects.get().revocation == Revocation.TOKEN_REPLAYED


def test_s6_a_thief_in_step_is_out_within_three_rotations(api, ada, clock):
    """Hourly, as in the review, where both lived on through 696 rotations."""
    token = api.sign_in()["refresh"]
    of_the_thief = []
    for _ in range(3):
        clock.shift(3600)
        owner, thief = api.refreshed(token), api.refresh(token)
        of_the_thief.append(thief.status_code)
        token = owner["refresh"]
    assert of_the_thief == [200, 200, 401]
    assert is_over(api.refresh(token))


def test_a_generation_counts_once_however_often_its_answer_is_asked_for(api, ada):
    token = api.sign_in()["refresh"]
    [successor] = {api.refreshed(token)["refresh"] for _ in range(10)}
    assert RefreshFamily.objects.get().replayed_generations == 1
    assert api.refresh(successor).status_code == 200


def test_a_generation_without_a_replay_begins_the_count_anew(api, ada):
    token = api.sign_in()["refresh"]
    for _ in range(3):
        token = replayed(api, replayed(api, token))
        token = api.refreshed(token)["refresh"]
    assert api.refresh(token).status_code == 200


def test_how_many_in_a_row_is_a_setting(api, ada, yew_auth):
    yew_auth(REPLAYED_GENERATIONS=2)
    token = replayed(api, api.sign_in()["refresh"])
    api.refreshed(token)
    assert is_over(api.refresh(token))


def test_each_generation_with_a_replay_is_logged_once_without_a_token(api, ada, caplog):
    token = api.sign_in()["refresh"]
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            token = replayed_or_refused(api, token)
    session = str(RefreshFamily.objects.get().pk)
    messages = [record.getMessage() for record in caplog.records]
    assert [message.count(session) for message in messages] == [1, 1, 1]
    assert [f"{count} generations" in messages[count - 1] for count in (1, 2, 3)] == [True] * 3
    assert token not in "".join(messages)


def replayed_or_refused(api, token: str) -> str:
    successor = api.refreshed(token)["refresh"]
    for _ in range(3):
        api.refresh(token)
    return successor


def test_the_grace_ends(api, ada, clock, yew_auth):
    yew_auth(GRACE=timedelta(hours=1))
    first = api.sign_in()["refresh"]
    second = api.refreshed(first)["refresh"]
    clock.shift(3599)
    assert api.refreshed(first)["refresh"] == second
    clock.shift(1)
    assert is_over(api.refresh(first))
    assert is_over(api.refresh(second))
    assert RefreshFamily.objects.get().revocation == Revocation.TOKEN_REUSED


def test_a_token_that_has_not_been_used_needs_no_grace(api, ada, clock, yew_auth):
    yew_auth(GRACE=timedelta(hours=1))
    token = api.sign_in()["refresh"]
    clock.shift(5 * 3600)
    assert api.refresh(token).status_code == 200


def test_a_night_of_sleep_is_within_the_grace(api, ada, clock):
    first = api.sign_in()["refresh"]
    api.refreshed(first)
    clock.shift(12 * 3600)
    assert api.refresh(first).status_code == 200


def test_a_replay_writes_once_a_generation(api, ada, django_assert_num_queries):
    token = api.sign_in()["refresh"]
    api.refreshed(token)
    api.refreshed(token)
    with django_assert_num_queries(3):  # begin, the row, commit
        api.refreshed(token)
