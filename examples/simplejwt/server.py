# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "django==5.2.19",
#   "djangorestframework==3.18.3",
#   "djangorestframework-simplejwt==5.5.1",
# ]
# ///
"""simplejwt on its defaults, and a user endpoint, in one file: `uv run server.py`."""

import os
from datetime import timedelta
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.urls import path

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
    ],
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": [
            "rest_framework_simplejwt.authentication.JWTAuthentication"
        ],
        "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    },
    ROOT_URLCONF=__name__,
    SECRET_KEY="for this example alone, and long enough for HS256",
    SIMPLE_JWT={"ACCESS_TOKEN_LIFETIME": ACCESS_TOKEN_LIFETIME},
)
django.setup()

from rest_framework.decorators import api_view
from rest_framework.response import Response
from rest_framework_simplejwt.views import TokenObtainPairView, TokenRefreshView


@api_view()
def posts(_request) -> Response:
    """List the posts, for somebody who is signed in."""
    return Response([{"id": 1, "title": "First post"}, {"id": 2, "title": "Second post"}])


@api_view()
def me(request) -> Response:
    """Describe whoever is signed in."""
    user = request.user
    return Response({"id": user.pk, "username": user.username, "email": user.email})


urlpatterns = [
    path("api/token/", TokenObtainPairView.as_view()),
    path("api/token/refresh/", TokenRefreshView.as_view()),
    path("api/me/", me),
    path("api/posts/", posts),
]

if __name__ == "__main__":
    from django.contrib.auth.models import User

    call_command("migrate")
    if not User.objects.filter(username="demo").exists():
        User.objects.create_user("demo", "demo@example.test", "demo-password")
    call_command("runserver", "--noreload")
