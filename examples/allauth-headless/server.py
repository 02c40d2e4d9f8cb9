# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "django==5.2.19",
#   "djangorestframework==3.18.3",
#   "django-allauth==65.21.1",
# ]
# ///
"""allauth headless in a browser, with Django's session cookie, in one file: `uv run server.py`."""

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.urls import include, path

settings.configure(
    ACCOUNT_EMAIL_VERIFICATION="none",
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
    # Where `trunk serve` shows the app. Django compares them with the origin of a request.
    CSRF_TRUSTED_ORIGINS=["http://127.0.0.1:8080", "http://localhost:8080"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ.get("DATABASE", Path(__file__).with_name("db.sqlite3")),
        }
    },
    DEBUG=True,
    HEADLESS_CLIENTS=["browser"],
    HEADLESS_ONLY=True,
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.messages",
        "django.contrib.sessions",
        "allauth",
        "allauth.account",
        "allauth.headless",
        "rest_framework",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "allauth.account.middleware.AccountMiddleware",
    ],
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
        "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    },
    ROOT_URLCONF=__name__,
    SECRET_KEY="for this example alone",
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
        }
    ],
)
django.setup()

from rest_framework.decorators import api_view
from rest_framework.response import Response


@api_view()
def posts(_request) -> Response:
    """List the posts, for somebody who is signed in."""
    return Response([{"id": 1, "title": "First post"}, {"id": 2, "title": "Second post"}])


urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("_allauth/", include("allauth.headless.urls")),
    path("api/posts/", posts),
]

if __name__ == "__main__":
    from django.contrib.auth.models import User

    call_command("migrate")
    if not User.objects.filter(username="demo").exists():
        User.objects.create_user("demo", "demo@example.test", "demo-password")
    call_command("runserver", "--noreload")
