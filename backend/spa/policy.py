"""What the app's page may do."""

import json
import re
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config.security_headers import content_security_policy

# Written by the app's build: the hashes of the scripts and styles that stand in its page.
INLINE_FILE = "inline.json"
_HASH = re.compile(r"'sha256-[A-Za-z0-9+/]{43}='")


def app_policy(dist: Path | None) -> str:
    """The policy of the page in `dist`: it allows no inline script or style but the page's own."""
    inline = _inline_hashes(dist)
    return content_security_policy(
        # The latter lets WebAssembly be compiled.
        " ".join(["script-src 'self'", *inline["script-src"], "'wasm-unsafe-eval'"]),
        " ".join(["style-src 'self'", *inline["style-src"]]),
        "img-src 'self'",
        "manifest-src 'self'",
        "connect-src 'self'",
        "form-action 'none'",  # the app's forms are sent by script
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",  # no string ever becomes code or markup
    )


def _inline_hashes(dist: Path | None) -> dict[str, list[str]]:
    """By directive. Nothing but a hash gets into the policy, whatever the file says."""
    path = dist and dist / INLINE_FILE
    if not path or not path.is_file():
        return {"script-src": [], "style-src": []}
    try:
        inline = json.loads(path.read_text(encoding="utf-8"))
        sources = {directive: inline[directive] for directive in ("script-src", "style-src")}
        if not all(_HASH.fullmatch(source) for hashes in sources.values() for source in hashes):
            raise ValueError("a source is no SHA-256 hash")
    except (ValueError, KeyError, TypeError) as error:
        raise ImproperlyConfigured(
            f"{path} is not as `cargo xtask build` writes it ({error}): build the app again."
        ) from error
    return sources
