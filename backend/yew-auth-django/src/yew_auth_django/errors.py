"""What a request over cookies is refused with, as a client can tell it: by `code`."""

from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework_simplejwt.exceptions import InvalidToken


class SessionOverError(InvalidToken):
    """Ended, revoked, or never heard of. It never lives again."""

    default_detail = "The session is over."


class CodedError(APIException):
    """Its body is `{detail, code}`, like simplejwt's own."""

    def __init__(self, detail: str | None = None):
        super().__init__(detail)
        self.detail = {"detail": self.detail, "code": self.detail.code}


class CookieConflictError(CodedError):
    """Nobody can tell which of two cookies of one name, or of two names that look the
    same, this server has set. RFC 6265bis section 5.7 lets neither browser nor server tell."""

    status_code = status.HTTP_400_BAD_REQUEST
    default_detail = "A cookie came twice, or one that only looks like it came along."
    default_code = "cookie_conflict"


class AnotherSessionError(CodedError):
    """The browser holds another session than the one that the request speaks for."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = "This browser is signed in to another session."
    default_code = "another_session"


class NotOwnRequestError(CodedError):
    """A page of somebody else's may have sent it."""

    status_code = status.HTTP_403_FORBIDDEN
    default_code = "csrf_failed"

    def __init__(self, lacking: str):
        super().__init__(f"Not a request of the app: {lacking}.")


class ProofError(CodedError):
    """The proof that a key is there does not hold (RFC 9449 section 5)."""

    status_code = status.HTTP_400_BAD_REQUEST
    default_code = "invalid_dpop_proof"


class NonceRequiredError(ProofError):
    """It may be genuine, but not of now: to be signed again, with the nonce of the answer
    (RFC 9449 section 8)."""

    default_code = "use_dpop_nonce"


SESSION_REQUIRED = {
    "detail": "This browser is signed in to several sessions: name one of them.",
    "code": "session_required",
}
