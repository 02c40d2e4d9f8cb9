import pytest

pytestmark = pytest.mark.django_db

APP = "http://127.0.0.1:8080"


def test_b3_answers_with_tokens_are_not_stored_and_not_sniffed(api, ada):
    login = api.send("auth/login/", {"username": "ada", "password": "correct horse battery"})
    refresh = api.refresh(login.json()["refresh"])
    for answer in (login, refresh):
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Frame-Options"] == "DENY"


def test_b3_errors_are_not_stored_either(api, db):
    assert api.refresh("garbage").headers["Cache-Control"] == "no-store"


def test_the_apps_origin_may_call_and_read_what_it_needs(api, db):
    answer = api.call(
        "OPTIONS",
        "posts/",
        Origin=APP,
        **{
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "authorization,if-none-match,content-type",
        },
    )
    assert answer.headers["Access-Control-Allow-Origin"] == APP
    allowed = answer.headers["Access-Control-Allow-Headers"]
    assert {"authorization", "if-none-match", "content-type"} <= set(allowed.split(", "))
    exposed = api.fetch("posts/", Origin=APP).headers["Access-Control-Expose-Headers"]
    assert set(exposed.split(", ")) == {"DPoP-Nonce", "ETag", "Retry-After"}


@pytest.mark.parametrize("origin", ["null", "http://evil.test", f"{APP}.evil.test", APP[:-1]])
def test_b6_no_other_origin_may_read_an_answer(api, db, origin):
    assert "Access-Control-Allow-Origin" not in api.fetch("posts/", Origin=origin).headers


def test_a_path_without_its_slash_is_not_redirected(api, db):
    assert api.send("auth/login").status_code == 404


def test_without_faults_there_is_no_handle_to_make_them(api, db):
    assert api.fetch("__faults__/").status_code == 404
