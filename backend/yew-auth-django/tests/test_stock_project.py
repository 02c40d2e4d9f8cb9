"""A stock project of dj-rest-auth gets the sessions by the lines of the README."""

import re

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from yew_auth_django.models import RefreshFamily, Revocation

from .conftest import PASSWORD, Browser

pytestmark = pytest.mark.django_db

TIMES = {"access_issued_at", "access_expiration", "refresh_expiration", "session_expiration"}
NEW = "another horse and a staple"
GRACE = {
    "username": "grace",
    "email": "grace@example.test",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


def copy_of(browser: Browser) -> Browser:
    copy = Browser()
    copy.shows = browser.shows
    copy.cookies.load({name: morsel.value for name, morsel in browser.cookies.items()})
    return copy


def is_in_a_django_session(browser: Browser) -> bool:
    """allauth keeps notes in an anonymous session while an address waits for its proof."""
    return SESSION_KEY in browser.session


def test_a_sign_in_is_kept_in_cookies_that_no_script_can_read(browser, ada):
    answer = browser.sign_in()
    assert answer.status_code == 200
    assert {"session_id", "user", *TIMES} == set(answer.json())
    assert not {"access", "refresh"} & set(answer.json())
    assert len(answer.cookies) == 2
    for name, cookie in answer.cookies.items():
        assert name.startswith("__Host-yew-auth-")
        assert name.endswith(f".{browser.shows}")
        assert cookie["httponly"]
        assert cookie["secure"]
        assert cookie["samesite"] == "Strict"
    assert browser.who().json()["username"] == "ada"


def test_a_sign_in_starts_no_django_session(browser, ada):
    browser.sign_in()
    assert "sessionid" not in browser.cookies


def test_a_lost_answer_is_recovered(browser, ada):
    browser.sign_in()
    before = copy_of(browser)
    assert browser.refresh().status_code == 200
    assert before.refresh().status_code == 200
    assert before.who().status_code == 200
    assert browser.who().status_code == 200


def test_a_stolen_token_ends_the_session_of_both(browser, ada):
    browser.sign_in()
    thief = copy_of(browser)
    browser.refresh()
    browser.refresh()
    assert thief.refresh().status_code == 401
    assert browser.who().status_code == 401
    assert RefreshFamily.objects.get().revocation == Revocation.TOKEN_REUSED


def test_signing_out_ends_the_session_at_once(browser, ada):
    browser.sign_in()
    stale = copy_of(browser)
    assert browser.sign_out().status_code == 200
    assert stale.who().status_code == 401
    assert stale.refresh().status_code == 401


def test_a_registration_signs_in(browser, db):
    answer = browser.take_up(browser.post("/api/auth/registration/", GRACE))
    assert answer.status_code == 201
    assert browser.who().json()["username"] == "grace"
    assert not is_in_a_django_session(browser)
    [confirmation] = mail.outbox
    assert confirmation.to == ["grace@example.test"]


def test_a_registration_that_must_be_confirmed_signs_nobody_in(browser, db, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    answer = browser.post("/api/auth/registration/", GRACE)
    assert answer.status_code == 201
    assert not [name for name in answer.cookies if name.startswith("__Host-")]
    assert not is_in_a_django_session(browser)
    assert not RefreshFamily.objects.exists()
    assert User.objects.get().username == "grace"
    assert len(mail.outbox) == 1


def test_changing_the_password_keeps_this_session_and_ends_the_others(browser, ada):
    browser.sign_in()
    elsewhere = Browser()
    elsewhere.sign_in()
    passwords = {"new_password1": NEW, "new_password2": NEW}
    assert browser.post("/api/auth/password/change/", passwords).status_code == 200
    assert browser.who().status_code == 200
    assert browser.refresh().status_code == 200
    assert elsewhere.who().status_code == 401
    assert elsewhere.refresh().status_code == 401


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://app.example", "https://app.example:8443", "null"]
)
def test_a_page_of_another_origin_changes_nothing(browser, ada, origin):
    browser.sign_in()
    answer = browser.post("/api/auth/logout/", {}, HTTP_ORIGIN=origin)
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")
    assert browser.who().status_code == 200


def test_a_trusted_origin_may_be_another_host(browser, ada, settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://www.example"]
    browser.sign_in()
    answer = browser.post("/api/auth/logout/", {}, HTTP_ORIGIN="https://www.example")
    assert answer.status_code == 200


def test_listed_origins_are_the_only_ones(browser, ada, yew_auth):
    yew_auth(ORIGINS=["https://www.example"])
    assert browser.sign_in().status_code == 403


def test_over_bearer_tokens_no_cookie_is_set_and_none_is_looked_at(browser, ada, yew_auth):
    browser.sign_in()
    yew_auth(COOKIES=False)
    assert browser.who().status_code == 401
    bearer = Browser()
    answer = bearer.sign_in()
    assert not answer.cookies
    tokens = answer.json()
    bearer.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens['access']}")
    assert bearer.who().status_code == 200
    bearer.credentials()
    again = bearer.refresh(refresh=tokens["refresh"]).json()
    assert again["refresh"] != tokens["refresh"]
    assert bearer.sign_out(refresh=again["refresh"]).status_code == 200


def test_the_admin_is_left_as_it_is(db):
    """It has forms, whose check of their own asks for no header of ours."""
    User.objects.create_superuser("root", password=PASSWORD)
    admin = Client(enforce_csrf_checks=True, headers={"host": "app.example"})
    form = admin.get("/admin/login/?next=/admin/", secure=True).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[1]
    body = {"username": "root", "password": PASSWORD, "csrfmiddlewaretoken": token}
    headers = {"Origin": "https://app.example"}
    answer = admin.post("/admin/login/?next=/admin/", body, secure=True, headers=headers)
    assert (answer.status_code, answer.url) == (302, "/admin/")


@pytest.mark.parametrize(
    "foreign", [{"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_SEC_FETCH_SITE": "cross-site"}]
)
def test_a_view_elsewhere_is_not_served_by_cookies_to_a_page_of_another_origin(
    browser, ada, foreign
):
    browser.sign_in()
    assert browser.post("/reports/", {}).json() == {"for": "ada"}
    answer = browser.post("/reports/", {}, **foreign)
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")


def test_an_api_below_another_path_has_its_cookies_there(browser, ada, yew_auth):
    yew_auth(SECURE=False, API_PATH="/app/v1/", AUTH_PATH="/app/v1/auth/")
    paths = [cookie["path"] for cookie in browser.sign_in().cookies.values()]
    assert paths == ["/app/v1/", "/app/v1/auth/"]


def test_the_cookies_may_have_a_prefix_of_the_projects_own(browser, ada, yew_auth):
    yew_auth(COOKIE_PREFIX="shop")
    for name in browser.sign_in().cookies:
        assert name.startswith("__Host-shop-")
    assert browser.who().status_code == 200
    assert browser.refresh().status_code == 200


def test_two_people_are_signed_in_side_by_side(browser, ada):
    User.objects.create_user("grace", password=PASSWORD)
    browser.sign_in("ada")
    of_ada = browser.shows
    browser.sign_in("grace")
    assert browser.who().json()["username"] == "grace"
    sessions = browser.get("/api/auth/sessions/mine/").json()["sessions"]
    assert [session["user"]["username"] for session in sessions] == ["grace", "ada"]
    browser.shows = of_ada
    assert browser.who().json()["username"] == "ada"


def test_a_session_that_the_browser_does_not_hold_is_409_if_it_holds_another(browser, ada):
    browser.sign_in()
    browser.shows = "0" * 32
    for answer in (browser.who(), browser.refresh(), browser.sign_out()):
        assert (answer.status_code, answer.json()["code"]) == (409, "another_session")
        assert not answer.cookies


def test_a_password_set_by_a_view_of_the_projects_own_ends_the_sessions(browser, ada):
    browser.sign_in()
    ada.set_password(NEW)
    ada.save()
    assert browser.who().status_code == 401
    assert browser.refresh().status_code == 401


def test_a_session_has_no_oracle_for_its_refresh_token(browser, ada, yew_auth):
    """dj-rest-auth's own `token/verify/` would tell a thief whether one is still good."""
    yew_auth(COOKIES=False)
    tokens = browser.sign_in().json()
    verify = {kind: {"token": tokens[kind]} for kind in ("access", "refresh")}
    assert browser.post("/api/auth/token/verify/", verify["access"]).status_code == 200
    assert browser.post("/api/auth/token/verify/", verify["refresh"]).status_code == 401
