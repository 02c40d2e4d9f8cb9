"""The public key in a proof, as a JSON Web Key (RFC 7517)."""

import base64
import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

import jwt


def encoded(data: bytes) -> str:
    """Base64url without padding (RFC 7515 section 2)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass(frozen=True)
class EllipticCurveKey:
    """Of the curve P-256: every browser has it. Its fields are in the order of a thumbprint."""

    ALGORITHM: ClassVar[str] = "ES256"

    crv: str
    kty: str
    x: str
    y: str

    @classmethod
    def read(cls, jwk: Any) -> "EllipticCurveKey":
        """Raises ValueError if it is another kind of key, or a private one."""
        if not isinstance(jwk, dict) or "d" in jwk:
            raise ValueError("no public key")
        key = cls(*(jwk.get(name) for name in ("crv", "kty", "x", "y")))
        if (key.kty, key.crv) != ("EC", "P-256"):
            raise ValueError("no key of the curve P-256")
        return key

    def public_key(self):
        """Raises PyJWT's errors if its point is not on the curve."""
        return jwt.PyJWK(asdict(self), algorithm=self.ALGORITHM).key

    def thumbprint(self) -> str:
        """Its name (RFC 7638)."""
        members = json.dumps(asdict(self), separators=(",", ":"))
        return encoded(hashlib.sha256(members.encode()).digest())
