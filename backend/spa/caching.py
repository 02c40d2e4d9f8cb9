"""How long a browser may keep a file of the built app."""

import re

# trunk writes a content hash into a name, without leading zeros: app-1a2b3c4d.js, .._bg.wasm
_HASHED = re.compile(r"-[0-9a-f]{1,16}(_bg)?\.\w+$")

NO_CACHE = "no-cache"


def is_immutable(path: str, url: str) -> bool:
    return _HASHED.search(url) is not None


def add_headers(headers, path: str, url: str) -> None:
    if not is_immutable(path, url):
        headers["Cache-Control"] = NO_CACHE
