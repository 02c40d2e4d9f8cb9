"""The key that signs the provider's ID tokens: made once, kept in the state folder."""

import contextlib
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa


def signing_key(path: Path) -> str:
    if not path.exists():
        _write_once(path, _new_key())
    return path.read_text(encoding="ascii")


def _new_key() -> bytes:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write_once(path: Path, key: bytes) -> None:
    """Whole or not at all, for its owner alone, and the first of two processes wins."""
    with tempfile.NamedTemporaryFile(dir=path.parent) as draft:
        draft.write(key)
        draft.flush()
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(draft.name)
