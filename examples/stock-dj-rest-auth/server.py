# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "django==5.2.19",
#   "djangorestframework==3.18.3",
#   "djangorestframework-simplejwt==5.5.1",
#   "dj-rest-auth==7.2.0",
# ]
# ///
"""A stock dj-rest-auth with JWTs in HttpOnly cookies, in one file: `uv run server.py`."""

import os
from datetime import timedelta
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.urls import include, path

ACCESS_TOKEN_LIFETIME = timedelta(seconds=int(os.environ.get("ACCESS_TOKEN_SECONDS", "300")))

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ.get("DATABASE", Path(__file__).with_name("db.sqlite3")),
        }
    },
    DEBUG=True,
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "rest_framework",
        "rest_framework_simplejwt.token_blacklist",
        "dj_rest_auth",
    ],
    REST_AUTH={
        "USE_JWT": True,
        "TOKEN_MODEL": None,
        "SESSION_LOGIN": False,
        "JWT_AUTH_COOKIE": "access",
        "JWT_AUTH_REFRESH_COOKIE": "refresh",
        # The page cannot read its tokens: this tells it when to refresh them, before the first 401.
        "JWT_AUTH_RETURN_EXPIRATION": True,
    },
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": ["dj_rest_auth.jwt_auth.JWTCookieAuthentication"],
        "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    },
    ROOT_URLCONF=__name__,
    SECRET_KEY="for this example alone, and long enough for HS256",
    SIMPLE_JWT={"ACCESS_TOKEN_LIFETIME": ACCESS_TOKEN_LIFETIME},
)
django.setup()

from rest_framework.decorators import api_view
from rest_framework.response import Response


@api_view()
def posts(_request) -> Response:
    """List the posts, for somebody who is signed in."""
    return Response([{"id": 1, "title": "First post"}, {"id": 2, "title": "Second post"}])


urlpatterns = [path("api/auth/", include("dj_rest_auth.urls")), path("api/posts/", posts)]

if __name__ == "__main__":
    from django.contrib.auth.models import User

    call_command("migrate")
    if not User.objects.filter(username="demo").exists():
        User.objects.create_user("demo", "demo@example.test", "demo-password")
    call_command("runserver", "--noreload")
