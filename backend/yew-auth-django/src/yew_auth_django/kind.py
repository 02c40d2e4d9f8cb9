"""The two kinds of token that a session has."""

from enum import StrEnum


class Kind(StrEnum):
    ACCESS = "access"
    REFRESH = "refresh"
