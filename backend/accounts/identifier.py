"""Whose account a name or address that somebody has typed stands for."""

from django.contrib.auth import get_user_model
from django.db.models import Q

from config.client_address import client_address, network_of
from throttling.failures import Guesser


def user_named(identifier: str):
    """The user with this address, or else with this name; None if there is nobody."""
    users = get_user_model().objects.filter(
        Q(email__iexact=identifier) | Q(username__iexact=identifier)
    )
    return max(users, key=lambda user: user.email.lower() == identifier.lower(), default=None)


def guesser_of(request, identifier: str) -> Guesser:
    """An account that does not exist is guessed at like one that does."""
    user = user_named(identifier)
    account = f"user {user.pk}" if user else f"nobody {identifier.casefold()}"
    return Guesser(account, network_of(client_address(request)))


def guesser_for(request, user) -> Guesser:
    return Guesser(f"user {user.pk}", network_of(client_address(request)))
