"""What may be used once, in whichever process (`DPOP_FIRST_USE` of yew_auth_django)."""

from . import counters


def is_first(use: str, seconds: int) -> bool:
    """It is forgotten after so many seconds."""
    return counters.add(f"use {use}", seconds).number == 1
