"""The server knows the app's pages, and which addresses are none."""

import re

import pytest

from config.env import BACKEND_DIR
from spa.routes import CALLBACK, PAGES, is_page

ROUTER = BACKEND_DIR.parent / "src" / "route.rs"
# What the router calls the page that it shows for an address it does not know.
_NO_ADDRESS = "/404"


def test_the_server_knows_each_page_of_the_apps_router():
    source = ROUTER.read_text(encoding="utf-8").partition("#[cfg(test)]")[0]
    addresses = {found.partition(":")[0] for found in re.findall(r'"(/[^"?]*)"', source)}
    assert addresses - {_NO_ADDRESS} == PAGES | {CALLBACK}


@pytest.mark.parametrize(
    "path",
    ["/", "/posts", "/posts/", "/auth/callback/dev", "/auth/callback/dev/", "/auth/callback/a.b"],
)
def test_a_page_is_one(path):
    assert is_page(path)


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/posts/7",
        "/posts//",
        "/auth/callback/",
        "/auth/callback//",
        "/auth/callback/a/b",
        "/healthz",
        "//",
    ],
)
def test_no_page_is_none(path):
    assert not is_page(path)
