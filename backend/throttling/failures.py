"""Passwords tried for one account: after a few wrong ones, each next try waits longer.

Nobody is locked out by that. Strangers can make an account wait for a minute at most, and
not at all in a network from which its owner has signed in before: there only the tries
from that network count.
"""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings

from . import counters

LONGEST_WAIT = 60
_WINDOW = 24 * 3600
_KNOWN_FOR = 90 * 24 * 3600


@dataclass(frozen=True)
class Guesser:
    """Somebody in a network who says that this account is theirs."""

    account: str
    network: str

    def seconds_to_wait(self) -> float:
        """Asks for a try. Zero: it may be made, and counts as a failure until it succeeds.

        It is counted before the password is looked at, so that a hundred tries at once are
        not all the first one. A try that comes too early counts as well.
        """
        if not settings.FREE_GUESSES:
            return 0.0
        tries = counters.add(self._subject("tries"), _WINDOW).number
        wait = wait_after(tries - 1)
        if not wait:
            return 0.0
        turn = counters.add(self._subject("turn"), wait)
        return 0.0 if turn.number == 1 else turn.seconds_left

    def succeeded(self) -> None:
        """The password was right: nothing is held against the account, nor the network."""
        if not settings.FREE_GUESSES:
            return
        for kind in ("tries", "turn"):
            counters.drop(self._subject(kind))
        counters.add(self._known, _KNOWN_FOR)

    def _subject(self, kind: str) -> str:
        return f"{kind} {self.account} {self.network if self._is_known else 'elsewhere'}"

    @cached_property
    def _is_known(self) -> bool:
        return counters.read(self._known).number > 0

    @property
    def _known(self) -> str:
        return f"known {self.account} {self.network}"


def wait_after(failures: int) -> int:
    """Whole seconds: none at first, then 1, 2, 4 and so on up to a minute."""
    beyond = failures - settings.FREE_GUESSES
    if beyond < 0:
        return 0
    return LONGEST_WAIT if beyond > 6 else min(2**beyond, LONGEST_WAIT)
