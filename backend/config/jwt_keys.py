"""One key signs the tokens; those it has replaced are still believed, so that a change
of keys signs nobody out."""

from django.conf import settings
from rest_framework_simplejwt import state
from rest_framework_simplejwt.backends import TokenBackend
from rest_framework_simplejwt.exceptions import TokenBackendError, TokenBackendExpiredToken


class RotatingTokenBackend(TokenBackend):
    """simplejwt's own, which knows one key, with more keys to verify by."""

    def __init__(self, current: TokenBackend, former_keys: list[str]):
        super().__init__(
            current.algorithm,
            current.signing_key,
            current.verifying_key,
            current.audience,
            current.issuer,
            leeway=current.leeway,
            json_encoder=current.json_encoder,
        )
        self.former = [
            TokenBackend(
                current.algorithm,
                key,
                audience=current.audience,
                issuer=current.issuer,
                leeway=current.leeway,
            )
            for key in former_keys
        ]

    def decode(self, token, verify=True):
        try:
            return super().decode(token, verify)
        except TokenBackendExpiredToken:
            raise  # the signature was good: no other key would change the answer
        except TokenBackendError:
            for backend in self.former:
                try:
                    return backend.decode(token, verify)
                except TokenBackendExpiredToken:
                    raise
                except TokenBackendError:
                    continue
            raise


def install() -> None:
    """simplejwt has no setting for its backend, and each token class looks for it here."""
    if settings.JWT_SIGNING_KEY_FALLBACKS:
        state.token_backend = RotatingTokenBackend(
            state.token_backend, settings.JWT_SIGNING_KEY_FALLBACKS
        )
