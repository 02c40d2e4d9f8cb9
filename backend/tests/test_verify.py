import pytest

pytestmark = pytest.mark.django_db


def verify(api, token):
    return api.send("auth/token/verify/", {"token": token})


@pytest.mark.parametrize("kind", ["access"])
def test_a_good_token_is_200_and_an_empty_object(api, ada, kind):
    answer = verify(api, api.sign_in()[kind])
    assert (answer.status_code, answer.json()) == (200, {})


def test_garbage_is_401(api):
    answer = verify(api, "garbage")
    assert (answer.status_code, answer.json()["code"]) == (401, "token_not_valid")


@pytest.mark.parametrize("kind", ["access"])
def test_a_token_of_an_ended_session_is_400(api, ada, kind):
    session = api.sign_in()
    api.send("auth/logout/", {"refresh": session["refresh"]})
    assert verify(api, session[kind]).status_code == 400


def test_a_thief_is_not_told_whether_a_refresh_token_is_still_good(api, ada):
    first = api.sign_in()["refresh"]
    second = api.refreshed(first)["refresh"]
    third = api.refreshed(second)["refresh"]
    answers = [verify(api, token) for token in (first, second, third, "garbage")]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers[:3]}) == 1
    assert api.refresh(third).status_code == 200
