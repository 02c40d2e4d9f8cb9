"""The development provider as it runs, and the API's sign-in through it."""

import base64
import hashlib
import re
import secrets
from html.parser import HTMLParser
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
import requests

from tests.live_server import live_server

pytestmark = pytest.mark.django_db

ORIGIN = "http://localhost:9753"
CALLBACK = f"{ORIGIN}/auth/callback/dev"
VERIFIER = secrets.token_urlsafe(48)
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=")


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    state = str(tmp_path_factory.mktemp("provider"))
    with live_server(
        "config.settings_idp", "migrate", "seed_provider", STATE_DIR=state, SPA_ORIGINS=ORIGIN
    ) as server:
        yield server.url


@pytest.fixture(autouse=True)
def _api_knows_the_provider(url, settings):
    app = {
        "provider_id": "dev",
        "name": "Dev OIDC",
        "client_id": "spa",
        "secret": "",
        "settings": {"server_url": url, "oauth_pkce_enabled": True, "fetch_userinfo": False},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    settings.SPA_ORIGINS = [ORIGIN]


class Form(HTMLParser):
    """The one form of a page: its inputs, and which of them have a label."""

    def __init__(self, page: str):
        super().__init__()
        self.action = ""
        self.fields: dict[str, list[str]] = {}
        self.visible_ids: set[str] = set()
        self.labelled_ids: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.action = given["action"]
        elif tag == "label":
            self.labelled_ids.add(given["for"])
        elif tag == "input":
            self.fields.setdefault(given["name"], []).append(given.get("value") or "")
            if given.get("type") != "hidden":
                self.visible_ids.add(given["id"])


class Browser(requests.Session):
    """Follows the provider's own pages, and stops where it is sent elsewhere."""

    def __init__(self, provider: str):
        super().__init__()
        self.provider = provider

    def authorize(self, **change) -> requests.Response:
        query = {
            "response_type": "code",
            "client_id": "spa",
            "redirect_uri": CALLBACK,
            "scope": "openid profile email",
            "state": "a-state",
            "nonce": "a-nonce",
            "code_challenge": CHALLENGE.decode(),
            "code_challenge_method": "S256",
            **change,
        }
        return self.follow(
            self.get(f"{self.provider}/identity/o/authorize", params=query, allow_redirects=False)
        )

    def follow(self, answer: requests.Response) -> requests.Response:
        while answer.is_redirect:
            target = urljoin(answer.url, answer.headers["Location"])
            if not target.startswith(self.provider):
                break
            answer = self.get(target, allow_redirects=False)
        return answer

    def submit(self, page: requests.Response, **typed) -> requests.Response:
        form = Form(page.text)
        target = urljoin(page.url, form.action)
        return self.follow(self.post(target, {**form.fields, **typed}, allow_redirects=False))

    def sign_in(self, name: str = "alice", **change) -> requests.Response:
        return self.submit(self.authorize(**change), login=name, password="password")

    def consent(self, name: str = "alice") -> dict[str, str]:
        return callback(self.submit(self.sign_in(name), action="grant"))


def callback(answer: requests.Response) -> dict[str, str]:
    """What the app is told, once the browser has been sent back to it."""
    location = answer.headers["Location"]
    assert location.startswith(f"{CALLBACK}?")
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


@pytest.fixture
def browser(url) -> Browser:
    with Browser(url) as browser:
        yield browser


def exchange(api, code: str, **change):
    grant = {"code": code, "code_verifier": VERIFIER, "redirect_uri": CALLBACK, "nonce": "a-nonce"}
    return api.send("social/login/dev/", {**grant, **change})


def test_the_whole_way_from_the_sign_in_button_to_the_posts(api, browser):
    [provider] = api.fetch("social/").json()
    assert provider["authorize_url"] == f"{browser.provider}/identity/o/authorize"
    assert provider["end_session_url"] == f"{browser.provider}/identity/o/logout"
    told = browser.consent()
    assert told["state"] == "a-state"
    answer = exchange(api, told["code"])
    assert answer.status_code == 200
    user = answer.json()["user"]
    assert (user["first_name"], user["last_name"]) == ("Alice", "Example")
    assert user["email"] == "alice@example.test"
    assert api.fetch("posts/", answer.json()["access"]).status_code == 200


def test_bob_is_not_alice(api, browser):
    alice = exchange(api, browser.consent("alice")["code"]).json()["user"]
    browser.cookies.clear()
    bob = exchange(api, browser.consent("bob")["code"]).json()["user"]
    assert alice["pk"] != bob["pk"]


def test_o11_a_code_works_once(api, browser):
    code = browser.consent()["code"]
    assert [exchange(api, code).status_code for _ in range(2)] == [200, 400]


@pytest.mark.parametrize(
    "change", [{"code_verifier": "x" * 64}, {"nonce": "another"}, {"code": "unknown"}], ids=str
)
def test_o11_a_code_with_something_else_is_400(api, browser, change):
    grant = {"code": browser.consent()["code"], **change}
    assert exchange(api, **grant).status_code == 400


def test_o11_without_a_challenge_there_is_no_code(browser):
    told = callback(browser.sign_in(code_challenge=None, code_challenge_method=None))
    assert told["error"] == "invalid_request"


@pytest.mark.parametrize("method", ["plain", None, ""])
def test_o11_a_plain_challenge_is_refused(browser, method):
    assert browser.authorize(code_challenge_method=method).status_code == 400


def test_o11_another_redirect_uri_is_refused_on_the_providers_own_page(browser):
    answer = browser.sign_in(redirect_uri="http://evil.test/auth/callback/dev")
    assert "Location" not in answer.headers
    assert "Mismatching redirect URI" in answer.text


def test_a_denied_consent_comes_back_as_access_denied(browser):
    told = callback(browser.submit(browser.sign_in(), action="cancel"))
    assert told == {"error": "access_denied", "state": "a-state", "iss": browser.provider}


def test_o6_the_provider_names_itself_in_each_answer_and_announces_it(api, browser):
    [provider] = api.fetch("social/").json()
    assert provider["issuer"] == browser.provider
    assert provider["authorization_response_iss_parameter_supported"] is True
    for told in (
        browser.consent(),
        callback(browser.authorize(prompt="none", scope="unknown")),
        callback(browser.authorize(code_challenge=None, code_challenge_method=None)),
    ):
        assert told["iss"] == browser.provider


def test_prompt_none_asks_nobody(browser):
    assert callback(browser.authorize(prompt="none"))["error"] == "login_required"


def test_a_wrong_password_stays_on_the_page_and_says_so(browser):
    page = browser.submit(browser.authorize(), login="alice", password="wrong")
    assert page.status_code == 200
    assert "errorlist" in page.text
    assert "Sign In" in page.text


def test_every_field_of_both_pages_has_a_label(browser):
    for page in (browser.authorize(), browser.sign_in()):
        form = Form(page.text)
        assert form.visible_ids
        assert form.visible_ids <= form.labelled_ids


def test_its_cookies_have_names_of_their_own(browser):
    browser.sign_in()
    assert {cookie.name for cookie in browser.cookies} == {
        "provider_sessionid",
        "provider_csrftoken",
    }


def test_b1_its_pages_run_no_script_and_only_their_own_style(browser):
    for page in (browser.authorize(), browser.sign_in()):
        style = re.search(r"<style>(.*?)</style>", page.text, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert page.headers["Content-Security-Policy"].split("; ") == [
            "default-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            f"style-src 'sha256-{digest}'",
            f"form-action 'self' {ORIGIN}",
        ]


def test_nobody_registers_there(browser):
    page = browser.get(f"{browser.provider}/accounts/signup/")
    assert "closed" in page.text
    assert not re.search(r"<input[^>]+password", page.text)


def test_c23_a_sign_out_at_the_provider_is_asked_for_and_leads_back_to_the_app(browser):
    browser.sign_in()
    address = f"{browser.provider}/identity/o/logout"
    home = f"{ORIGIN}/"
    query = {"client_id": "spa", "post_logout_redirect_uri": home}
    page = browser.get(address, params=query)
    assert "You are signed in here as alice" in page.text
    answer = browser.submit(page, action="logout")
    assert answer.headers["Location"] == home
    assert browser.get(address, params=query, allow_redirects=False).headers["Location"] == home


def test_c23_the_provider_leads_to_no_address_that_is_not_registered(browser):
    browser.sign_in()
    query = {"client_id": "spa", "post_logout_redirect_uri": "https://evil.test/"}
    page = browser.get(f"{browser.provider}/identity/o/logout", params=query)
    answer = browser.submit(page, action="logout")
    assert "evil.test" not in answer.headers.get("Location", "")
    assert answer.url.startswith(browser.provider)
