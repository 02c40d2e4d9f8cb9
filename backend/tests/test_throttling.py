"""Who is counted together, and what a limit does not do."""

import pytest
from django.utils import timezone

from config.client_address import client_address, network_of, parsed
from tests.conftest import PASSWORD
from throttling.database_counters import delete_ended
from throttling.models import Counter

pytestmark = pytest.mark.django_db

WRONG = {"username": "ada", "password": "wrong"}
RIGHT = {"username": "ada", "password": PASSWORD}


@pytest.fixture
def _behind_a_proxy(settings):
    settings.NUM_PROXIES = 1


@pytest.fixture
def _guesses_count(settings):
    settings.FREE_GUESSES = 5


def try_from(api, address: str, body: dict = WRONG):
    return api.send("auth/login/", body, **{"X-Forwarded-For": address})


@pytest.mark.parametrize(
    ("header", "proxies", "address"),
    [
        (None, 0, "127.0.0.1"),
        ("192.0.2.1", 0, "127.0.0.1"),
        ("192.0.2.1", 1, "192.0.2.1"),
        ("198.51.100.7, 192.0.2.1", 1, "192.0.2.1"),
        ("198.51.100.7, 192.0.2.1", 2, "198.51.100.7"),
        ("192.0.2.1", 2, "192.0.2.1"),
        ("192.0.2.1:443", 1, "192.0.2.1"),
        ("[2001:db8::1]:443", 1, "2001:db8::1"),
        ("::ffff:192.0.2.1", 1, "192.0.2.1"),
        ("fe80::1%eth0", 1, "fe80::1"),
        ("unknown", 1, "127.0.0.1"),
        ("", 1, "127.0.0.1"),
    ],
)
def test_the_client_is_who_the_declared_proxies_have_seen(rf, settings, header, proxies, address):
    settings.NUM_PROXIES = proxies
    given = {} if header is None else {"X-Forwarded-For": header}
    assert client_address(rf.get("/", headers=given)) == address


def test_a_unix_socket_has_no_address_and_is_counted_all_the_same(rf):
    request = rf.get("/", REMOTE_ADDR="")
    assert (client_address(request), network_of("unknown")) == ("unknown", "unknown")


def test_a_proxy_that_nobody_has_declared_is_told_of_once(rf, caplog, monkeypatch):
    monkeypatch.setattr("config.client_address._said", set())
    for _ in range(2):
        client_address(rf.get("/", headers={"X-Forwarded-For": "192.0.2.1"}))
    assert [record.message[:36] for record in caplog.records] == [
        "A request has X-Forwarded-For and NU"
    ]


def test_a_network_is_an_ipv4_address_or_an_ipv6_64():
    assert network_of("192.0.2.1") == "192.0.2.1"
    assert network_of("2001:db8:1:2:3::4") == network_of("2001:db8:1:2::") == "2001:db8:1:2::/64"
    assert network_of("2001:db8:1:3::") != network_of("2001:db8:1:2::")
    assert parsed("no address") is None


@pytest.mark.usefixtures("_behind_a_proxy")
def test_clients_behind_one_proxy_have_a_limit_each(api, ada, limit):
    limit("sign_in", 2)
    for _ in range(3):
        last = try_from(api, "192.0.2.1")
    assert last.status_code == 429
    assert try_from(api, "192.0.2.2").status_code == 400


@pytest.mark.usefixtures("_behind_a_proxy")
def test_the_addresses_of_one_ipv6_network_have_one_limit(api, ada, limit):
    limit("sign_in", 2)
    statuses = [try_from(api, f"2001:db8::{i:x}").status_code for i in range(200)]
    assert statuses.count(400) == 2


@pytest.mark.usefixtures("_behind_a_proxy")
def test_many_addresses_do_not_make_a_limit_forget(api, ada, limit):
    limit("sign_in", 1)
    try_from(api, "192.0.2.1")
    for i in range(400):
        try_from(api, f"198.51.{i // 250}.{i % 250}")
    assert try_from(api, "192.0.2.1").status_code == 429


def test_each_kind_of_request_has_a_limit_of_its_own(api, ada, limit):
    limit("sign_in", 1)
    limit("password_reset", 1)
    session = api.sign_in()
    assert api.send("auth/login/", WRONG).status_code == 429
    assert api.send("auth/password/reset/", {"email": "x@example.test"}).status_code == 200
    assert api.send("auth/logout/", {"refresh": session["refresh"]}).status_code == 200


@pytest.mark.parametrize(
    ("scope", "path"),
    [
        ("sign_in", "auth/login/"),
        ("registration", "auth/registration/"),
        ("password_reset", "auth/password/reset/"),
        ("password_reset_confirm", "auth/password/reset/confirm/"),
        ("code_exchange", "social/login/acme/"),
    ],
)
def test_what_can_be_guessed_at_or_sends_mail_has_a_limit(api, provider, limit, scope, path):
    limit(scope, 1)
    assert [api.send(path).status_code for _ in range(2)] == [400, 429]


def test_a_look_at_the_providers_has_a_limit(api, provider, limit):
    limit("providers", 1)
    assert [api.fetch("social/").status_code for _ in range(2)] == [200, 429]


def test_a_limit_ends(api, ada, limit, clock):
    limit("sign_in", 1)
    assert [api.send("auth/login/", RIGHT).status_code for _ in range(2)] == [200, 429]
    clock.shift(60)
    assert api.send("auth/login/", RIGHT).status_code == 200


def test_what_has_ended_is_deleted(api, ada, limit, clock):
    limit("sign_in", 1)
    api.send("auth/login/", WRONG)
    assert delete_ended(timezone.now()) == 0
    clock.shift(60)
    assert delete_ended(timezone.now()) == 1
    assert Counter.objects.count() == 0


def guess(api, times: int, network: int = 0) -> list[int]:
    """From another address each, so that no network's limit helps."""
    return [try_from(api, f"192.0.{network}.{i}").status_code for i in range(times)]


@pytest.mark.usefixtures("_behind_a_proxy", "_guesses_count")
def test_an_account_that_is_guessed_at_from_everywhere_makes_each_next_guess_wait(api, ada, clock):
    assert guess(api, 5) == [400] * 5
    assert guess(api, 3) == [400, 429, 429]
    answer = try_from(api, "192.0.2.9")
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 60


@pytest.mark.usefixtures("_behind_a_proxy", "_guesses_count")
def test_guessing_at_one_account_goes_on_at_a_guess_a_minute(api, ada, clock):
    made = 0
    for _ in range(600):
        made += guess(api, 2).count(400)
        clock.shift(10)
    assert made <= 5 + 7 + 100


@pytest.mark.usefixtures("_behind_a_proxy", "_guesses_count")
def test_nobody_is_locked_out_by_another_ones_guesses(api, ada, clock):
    assert try_from(api, "203.0.113.5", RIGHT).status_code == 200
    guess(api, 50)
    assert try_from(api, "203.0.113.5", RIGHT).status_code == 200
    clock.shift(60)
    assert try_from(api, "203.0.113.77", RIGHT).status_code == 200


@pytest.mark.usefixtures("_guesses_count")
def test_name_and_address_are_one_account(api, ada, clock):
    bodies = [{**WRONG, "username": name} for name in ("ada", "ADA", "ada@example.test")] * 2
    statuses = [api.send("auth/login/", body).status_code for body in bodies]
    assert statuses == [400] * 6
    assert (
        api.send("auth/login/", {"email": "ADA@example.test", "password": "x"}).status_code == 429
    )


@pytest.mark.usefixtures("_guesses_count")
def test_an_account_that_does_not_exist_waits_like_one_that_does(api, ada, clock):
    def statuses(name: str) -> list[int]:
        body = {"username": name, "password": "wrong"}
        return [api.send("auth/login/", body).status_code for _ in range(9)]

    assert statuses("ada") == statuses("nobody-of-this-name")


@pytest.mark.usefixtures("_guesses_count")
def test_a_right_password_ends_the_count(api, ada, clock):
    for _ in range(4):
        for _ in range(4):
            assert api.send("auth/login/", WRONG).status_code == 400
        assert api.send("auth/login/", RIGHT).status_code == 200


@pytest.mark.usefixtures("_guesses_count")
def test_a_stolen_session_is_no_place_to_guess_the_password(api, ada, clock):
    token = api.sign_in()["access"]
    new = {"new_password1": "staple and another horse", "new_password2": "staple and another horse"}

    def change(old: str) -> int:
        body = {"old_password": old, **new}
        return api.send("auth/password/change/", body, token=token).status_code

    assert [change("wrong") for _ in range(7)] == [400] * 6 + [429]
    clock.shift(2)
    assert change(PASSWORD) == 200


@pytest.mark.usefixtures("_guesses_count")
def test_a_new_password_that_is_too_weak_is_no_guess_at_the_old_one(api, ada, clock):
    token = api.sign_in()["access"]
    weak = {"old_password": PASSWORD, "new_password1": "1", "new_password2": "1"}
    statuses = [api.send("auth/password/change/", weak, token=token).status_code for _ in range(9)]
    assert statuses == [400] * 9
