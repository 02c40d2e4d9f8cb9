"""Which names nobody may take: other people's addresses, and those that speak for the site."""

import unicodedata

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError

# RFC 2142 names most of the mailboxes; the rest are what people take for the site's own voice.
_RESERVED = """
    abuse admin administrator contact help hostmaster info legal mail mailer-daemon
    moderator no-reply nobody noc noreply official operator owner postmaster privacy root
    sales security staff superuser support sysadmin system team webmaster www yew-auth
"""


def no_address(username: str) -> None:
    """One signs in by name or by address: a name must not be somebody's address."""
    if "@" in username:
        raise ValidationError("A user name cannot contain @.", code="username_is_address")


def not_reserved(username: str) -> None:
    if skeleton(username) in _RESERVED.split():
        raise ValidationError("This user name cannot be used.", code="username_reserved")


def skeleton(username: str) -> str:
    """What is left of a name to the eye: without case, accents, width, dots and underscores."""
    decomposed = unicodedata.normalize("NFKD", username).casefold()
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return letters.replace(".", "").replace("_", "")


# allauth's setting names this list.
VALIDATORS = [UnicodeUsernameValidator(), no_address, not_reserved]
