"""The account that belongs to what a provider says about a person."""

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from .links import vouches_for


class AccountRefusedError(Exception):
    """No account can be had for this person."""


def account_for(request, login: SocialLogin):
    """The account this provider's subject has signed in to before, or a new one.

    Never another account with the same address: whoever registered that one here
    first need not own the address.
    """
    login.lookup()
    user = login.user if login.is_existing else _create(request, login)
    if not user.is_active:
        raise AccountRefusedError("User account is disabled.")
    return user


def _create(request, login: SocialLogin):
    user = login.user
    if not user.email:
        raise AccountRefusedError("The identity provider did not share an e-mail address.")
    if not vouches_for(login.account.extra_data, user.email):
        # Its owner would later find an account that somebody else can sign in to.
        raise AccountRefusedError(
            "The identity provider has not confirmed your e-mail address. Confirm it there, or "
            "create an account with a password."
        )
    if get_user_model().objects.filter(email__iexact=user.email).exists():
        raise _address_is_taken()
    user.username = get_account_adapter(request).generate_unique_username(
        [user.username, user.email, "user"]
    )
    try:
        with transaction.atomic():
            return get_adapter(request).save_user(request, login)
    except IntegrityError as error:  # the same sign-in twice at once
        raise _address_is_taken() from error


def _address_is_taken() -> AccountRefusedError:
    return AccountRefusedError(
        "An account with this e-mail address exists already. Sign in with its password."
    )
