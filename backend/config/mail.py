"""How mails leave: by SMTP, or in development into files."""

from enum import StrEnum

from django.core.exceptions import ImproperlyConfigured

from . import env

SMTP = "django.core.mail.backends.smtp.EmailBackend"
FILES = "django.core.mail.backends.filebased.EmailBackend"


class Encryption(StrEnum):
    STARTTLS = "starttls"
    SSL = "ssl"
    NONE = "none"


_PORTS = {Encryption.STARTTLS: 587, Encryption.SSL: 465, Encryption.NONE: 25}


def backend(*, files_by_default: bool) -> str:
    chosen = env.text("EMAIL_BACKEND")
    if chosen:
        return chosen
    if env.text("EMAIL_HOST"):
        return SMTP
    if files_by_default:
        return FILES
    raise ImproperlyConfigured(
        "EMAIL_HOST is required unless DEBUG=1: set it to the SMTP server that sends the mails "
        "with which people reset their passwords."
    )


def encryption() -> Encryption:
    value = env.text("EMAIL_ENCRYPTION", Encryption.STARTTLS).lower()
    try:
        return Encryption(value)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"EMAIL_ENCRYPTION must be starttls, ssl or none, not {value!r}."
        ) from error


def port() -> int:
    return env.integer("EMAIL_PORT", _PORTS[encryption()], minimum=1)


def sender(chosen_backend: str) -> str:
    address = env.text("DEFAULT_FROM_EMAIL")
    if not address and chosen_backend == SMTP:
        raise ImproperlyConfigured(
            "DEFAULT_FROM_EMAIL is required with EMAIL_HOST: "
            "set it to the address that mails come from."
        )
    return address or "no-reply@example.test"
