import os
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

# ---- What `django-admin startproject` writes ----
SECRET_KEY = "a key of the tests, of at least 32 bytes"
DEBUG = False
ALLOWED_HOSTS = ["app.example"]

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "tests.stock_project.urls"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

STATIC_URL = "static/"
USE_TZ = True
TIME_ZONE = "Europe/Zurich"  # not UTC, like most


def database() -> dict:
    if "DATABASE_URL" not in os.environ:
        folder = Path(tempfile.mkdtemp(prefix="stock-project-"))
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / "db.sqlite3",
            "TEST": {"NAME": folder / "test.sqlite3"},
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
        }
    url = urlsplit(os.environ["DATABASE_URL"])
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or ""),
        "PORT": url.port or "",
        "TEST": {"NAME": "test_stock_project"},
    }


DATABASES = {"default": database()}

# ---- What dj-rest-auth's documentation adds ----
INSTALLED_APPS += [
    "django.contrib.sites",
    "rest_framework",
    "rest_framework.authtoken",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "dj_rest_auth",
    "dj_rest_auth.registration",
]
MIDDLEWARE += ["allauth.account.middleware.AccountMiddleware"]
SITE_ID = 1
REST_AUTH = {"USE_JWT": True, "JWT_AUTH_HTTPONLY": False}

# ---- What this package's README adds ----
INSTALLED_APPS += ["yew_auth_django"]
MIDDLEWARE += ["yew_auth_django.middleware.YewAuthMiddleware"]
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["yew_auth_django.authentication.FamilyAuthentication"],
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}

# ---- What the tests need ----
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
