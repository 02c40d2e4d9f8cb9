"""The mails that people get about their account."""

from urllib.parse import urlencode

from allauth.account.forms import default_token_generator
from allauth.account.utils import filter_users_by_email, user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from throttling import counters

# An hour is as long as a link lives.
RESETS_PER_HOUR = 3
_HOUR = 3600


def send_reset_links(address: str) -> None:
    """To the account with this address, if there is one, and not without end."""
    for user in filter_users_by_email(address, is_active=True):
        if counters.add(f"reset mail {user.pk}", _HOUR).number <= RESETS_PER_HOUR:
            token = default_token_generator.make_token(user)
            _send(user, "password_reset", {"link": reset_link(user, token)})


def send_password_changed(user, dropped_links: int = 0) -> None:
    link = f"{settings.SPA_ORIGINS[0]}/password/forgotten"
    _send(user, "password_changed", {"link": link, "dropped_links": dropped_links})


def reset_link(user, token: str) -> str:
    """In the fragment, which no browser sends, so that no log holds the token."""
    fragment = urlencode({"uid": user_pk_to_url_str(user), "token": token})
    return f"{settings.SPA_ORIGINS[0]}/password/reset#{fragment}"


def _send(user, template: str, context: dict) -> None:
    """The first line of a template is the subject. The mail goes to the address of the
    account, not to the one that was typed, which may merely look the same."""
    text = render_to_string(f"accounts/mail/{template}.txt", {"user": user, **context})
    subject, _, body = text.partition("\n")
    EmailMessage(subject, body.lstrip(), to=[user.email]).send()
