"""The headers of the server as it really runs, over https as far as it knows."""

import gzip
import json
import tomllib
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.env import BACKEND_DIR
from spa.policy import app_policy
from tests.cookies import APP, from_the_app
from tests.live_server import HttpClient, live_server

PAGE = "<!doctype html><title>the app</title>" + "<p>Loading</p>" * 9
PROGRAM = b"let app; " * 100
SCRIPT = "/app-0123456789abcdef.js"
WASM = "/app-0123456789abcdef_bg.wasm"
PAGES = ["/", "/sign-in", "/auth/callback/dev?code=x"]
FILES = [SCRIPT, WASM, "/boot.js"]
ANSWERS = ["/api/social/", "/api/posts/", "/api/unknown/"]
NOWHERE = ["/gone.js"]
NOT_ABOUT_SAFETY = [
    "Cache-Control",
    "Connection",
    "Content-Encoding",
    "Content-Length",
    "Content-Type",
    "Date",
    "ETag",
    "Last-Modified",
    "Server",
    "Vary",
    "X-Request-Id",
]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    dist = tmp_path_factory.mktemp("dist")
    (dist / "index.html").write_text(PAGE)
    (dist / "index.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    (dist / "boot.js").write_text("let boot")
    (dist / SCRIPT[1:]).write_bytes(PROGRAM)
    (dist / f"{SCRIPT[1:]}.gz").write_bytes(gzip.compress(PROGRAM))
    (dist / f"{SCRIPT[1:]}.br").write_bytes(b"as brotli")
    (dist / WASM[1:]).write_bytes(b"\0asm")
    (dist / "app.webmanifest").write_text("{}")
    with (
        live_server(
            "config.settings",
            "migrate",
            "seed",
            STATE_DIR=str(tmp_path_factory.mktemp("state")),
            SPA_DIST=str(dist),
            COOKIE_MODE="1",
            COOKIE_SECURE="1",
            OIDC_SERVER_URL="",
        ) as live,
        HttpClient(live.url) as client,
    ):
        yield client


HASH = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"


@pytest.fixture
def dist(tmp_path):
    def with_inline(text: str) -> Path:
        (tmp_path / "inline.json").write_text(text)
        return tmp_path

    return with_inline


def test_b1_the_page_may_run_its_own_inline_scripts_and_no_others(dist):
    policy = app_policy(dist(json.dumps({"script-src": [HASH], "style-src": []})))
    directives = dict(directive.partition(" ")[::2] for directive in policy.split("; "))
    assert directives["script-src"] == f"'self' {HASH} 'wasm-unsafe-eval'"
    assert directives["style-src"] == "'self'"


def test_b1_a_build_without_inline_scripts_has_the_policy_without_hashes(tmp_path):
    assert app_policy(tmp_path) == app_policy(None)
    assert "sha256" not in app_policy(None)


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"script-src": ["'unsafe-inline'"], "style-src": []}),
        json.dumps({"script-src": [f"{HASH}; img-src *"], "style-src": []}),
        json.dumps({"script-src": [1], "style-src": []}),
        json.dumps({"script-src": []}),
        "[]",
        "{",
    ],
)
def test_b1_nothing_but_a_hash_gets_into_the_policy(dist, text):
    with pytest.raises(ImproperlyConfigured, match="build the app again"):
        app_policy(dist(text))


def policy_of(answer) -> dict[str, str]:
    directives = answer.headers["Content-Security-Policy"].split("; ")
    return dict(directive.partition(" ")[::2] for directive in directives)


@pytest.mark.parametrize("path", PAGES + FILES)
def test_b1_the_app_runs_only_what_came_from_its_own_server(server, path):
    assert policy_of(server.get(path)) == {
        "default-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "script-src": "'self' 'wasm-unsafe-eval'",
        "style-src": "'self'",
        "img-src": "'self'",
        "manifest-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }


@pytest.mark.parametrize("path", PAGES)
def test_b2_no_string_becomes_code_or_markup(server, path):
    policy = policy_of(server.get(path))
    assert (policy["require-trusted-types-for"], policy["trusted-types"]) == ("'script'", "'none'")


@pytest.mark.parametrize("path", ANSWERS)
def test_b1_an_answer_of_the_api_may_do_nothing(server, path):
    assert policy_of(server.get(path)) == {
        "default-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "form-action": "'none'",
    }


@pytest.mark.parametrize("path", PAGES + FILES + ANSWERS + NOWHERE)
def test_b3_nothing_is_sniffed_referred_or_shared_with_another_origin(server, path):
    headers = server.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"].split(", ")
    assert headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize("path", PAGES + ANSWERS + NOWHERE)
def test_b4_nothing_may_be_framed(server, path):
    answer = server.get(path)
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert policy_of(answer)["frame-ancestors"] == "'none'"


def sign_in(server, origin: str):
    body = {"username": "demo", "password": "demo-password"}
    headers = from_the_app({"Origin": origin})
    return server.post("/api/auth/login/", json=body, headers=headers)


def test_b3_an_answer_that_sets_tokens_is_not_stored(server):
    answer = sign_in(server, APP)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"


def test_b7_the_server_sets_them_so_that_no_other_host_or_script_gets_them(server):
    answer = sign_in(server, APP)
    session = answer.json()["session_id"]
    cookies = answer.raw.headers.getlist("Set-Cookie")
    for cookie, kind in zip(cookies, ("access", "refresh"), strict=True):
        assert cookie.startswith(f"__Host-yew-auth-{kind}.{session}=ey")
        attributes = {part.partition("=")[0] for part in cookie.split("; ")[1:]}
        assert attributes == {"expires", "HttpOnly", "Max-Age", "Path", "SameSite", "Secure"}
        assert "Path=/; SameSite=Strict" in cookie


@pytest.mark.parametrize("origin", ["null", "http://evil.test", f"{APP}.evil.test", APP[:-1]])
@pytest.mark.parametrize("path", ["/", *FILES, "/api/posts/", "/api/unknown/"])
def test_b6_no_other_origin_may_read_anything(server, path, origin):
    for method in ("GET", "OPTIONS"):
        asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        headers = server.request(method, path, headers=asked).headers
        assert not [name for name in headers if name.lower().startswith("access-control-")]


def test_b6_nor_act_with_the_cookies(server):
    assert sign_in(server, "http://evil.test").status_code == 403


def test_b6_the_apps_origin_may_send_cookies_and_the_header_but_no_authorization(server):
    asked = {"Origin": APP, "Access-Control-Request-Method": "POST"}
    headers = server.options("/api/auth/token/refresh/", headers=asked).headers
    assert headers["Access-Control-Allow-Origin"] == APP
    assert headers["Access-Control-Allow-Credentials"] == "true"
    allowed = set(headers["Access-Control-Allow-Headers"].split(", "))
    assert allowed == {"accept", "content-type", "if-none-match", "x-session-id"}


@pytest.mark.parametrize(
    ("accepted", "encoding", "content"),
    [
        ("br, gzip", "br", b"as brotli"),
        ("gzip", "gzip", PROGRAM),
        ("identity", None, PROGRAM),
    ],
)
def test_a_file_is_sent_as_it_was_compressed_before(server, accepted, encoding, content):
    headers = {"Accept-Encoding": accepted}
    with server.get(SCRIPT, headers=headers, stream=True) as answer:
        sent = answer.raw.read(decode_content=False)
    assert answer.headers.get("Content-Encoding") == encoding
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert (gzip.decompress(sent) if encoding == "gzip" else sent) == content


@pytest.mark.parametrize("path", ["/", "/posts", "/auth/callback/dev?code=x"])
def test_the_page_is_compressed_at_each_address_and_sent_once(server, path):
    answer = server.get(path, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.text == PAGE
    again = server.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_webassembly_has_its_type_so_that_it_is_compiled_while_it_arrives(server):
    assert server.get(WASM).headers["Content-Type"] == "application/wasm"


def test_the_manifest_has_its_type(server):
    answer = server.get("/app.webmanifest")
    assert answer.headers["Content-Type"].startswith("application/manifest+json")
    assert answer.headers["Cache-Control"] == "no-cache"


def test_the_page_reports_to_nobody_outside_of_tests(server):
    assert "report-uri" not in policy_of(server.get("/"))


def test_development_has_the_same_headers(server):
    """As far as trunk can: it has none for https, and caches nothing."""
    trunk = tomllib.loads((BACKEND_DIR.parent / "Trunk.toml").read_text())
    sent = dict(server.get("/").headers)
    for name in ("Strict-Transport-Security", *NOT_ABOUT_SAFETY):
        sent.pop(name, None)
    assert trunk["serve"]["headers"] == sent
