"""An environment that is fit for production, for tests to change one thing in."""

import os
from pathlib import Path

KEY = "0123456789abcdef" * 4
OTHER_KEY = "fedcba9876543210" * 4


def production(state: Path, **changes: str | None) -> dict[str, str]:
    """Nothing of the tests' own environment; None leaves a variable out."""
    environment = {
        "PATH": os.environ["PATH"],
        "STATE_DIR": str(state),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": KEY,
        "JWT_SIGNING_KEY": OTHER_KEY,
        "SPA_ORIGINS": "https://app.example.org",
        "EMAIL_HOST": "smtp.example.org",
        "DEFAULT_FROM_EMAIL": "no-reply@example.org",
        **changes,
    }
    return {name: value for name, value in environment.items() if value is not None}
