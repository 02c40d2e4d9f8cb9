"""The settings of a new Django project, shared by the servers of this folder."""

import os
from datetime import timedelta
from pathlib import Path

import django
from django.conf import settings

# Short, so that a test sees a token expire twice.
ACCESS_TOKEN_LIFETIME = timedelta(seconds=int(os.environ["ACCESS_TOKEN_SECONDS"]))


def configure(
    urls: str, apps: list[str], authentication: str, more_middleware: tuple[str, ...] = (), **others
) -> None:
    """Set Django up. `urls` is the module with the URL patterns, `authentication` DRF's class."""
    rest_framework = {
        "DEFAULT_AUTHENTICATION_CLASSES": [authentication],
        "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    }
    defaults = {
        "ALLOWED_HOSTS": ["*"],
        "DATABASES": {
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": Path(os.environ["DATABASE"]),
            }
        },
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "INSTALLED_APPS": [
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "rest_framework",
            *apps,
        ],
        "MIDDLEWARE": [
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            *more_middleware,
        ],
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "REST_FRAMEWORK": rest_framework,
        "ROOT_URLCONF": urls,
        "SECRET_KEY": "for tests alone, and long enough for a key of HS256",
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
            }
        ],
        "USE_TZ": True,
    }
    settings.configure(**defaults | others)
    django.setup()
