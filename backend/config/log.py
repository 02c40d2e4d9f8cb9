"""What the servers say besides gunicorn's one line for each request."""

import warnings

# It reads a setting that allauth has renamed, and also the new one.
warnings.filterwarnings("ignore", message=".*AUTHENTICATION_METHOD is deprecated")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # Django's own handlers would say it a second time.
        "django": {"handlers": []},
        # A 4xx has its line in the access log already.
        "django.request": {"level": "ERROR"},
    },
}
