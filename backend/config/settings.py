"""Settings of the API. Each variable of the environment is listed in README.md."""

from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from spa.caching import add_headers, is_immutable
from spa.policy import APP_POLICY
from yew_auth_django.own_requests import HEADER as CSRF_HEADER

from . import database, env
from .log import LOGGING  # noqa: F401 (a setting)
from .security_headers import NO_PAGE_POLICY
from .social_providers import configured_providers

DEBUG = env.flag("DEBUG")
SECRET_KEY = env.secret_key(DEBUG, "development-only-key-of-the-api-never-for-production")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost")
FAULTS = env.flag("FAULTS")
if FAULTS and not DEBUG:
    raise ImproperlyConfigured("FAULTS=1 lets anyone break the server: it needs DEBUG=1.")

STATE_DIR = env.state_dir()
SPA_DIST = Path(env.text("SPA_DIST")).resolve() if env.text("SPA_DIST") else None
if SPA_DIST and not (SPA_DIST / "index.html").is_file():
    raise ImproperlyConfigured(f"SPA_DIST has no index.html: {SPA_DIST}")
SPA_ORIGINS = env.origins("SPA_ORIGINS", "http://127.0.0.1:8080,http://localhost:8080")
COOKIE_MODE = env.flag("COOKIE_MODE")
COOKIE_SECURE = env.flag("COOKIE_SECURE", default=not DEBUG)

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"  # also the zone in which the API writes its times
APPEND_SLASH = False
STATIC_URL = "/static/"

DATABASES = {
    "default": database.postgresql(env.text("DATABASE_URL"))
    if env.text("DATABASE_URL")
    else database.sqlite(env.text("SQLITE_PATH") or STATE_DIR / "api.sqlite3")
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "corsheaders",
    "rest_framework",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "dj_rest_auth",
    "dj_rest_auth.registration",
    "accounts",
    "yew_auth_django",
    "social",
    "posts",
    "demo",
]

# No session and no CSRF middleware of Django's: no view can leave a stray `sessionid`
# behind that a sign-out would not end, and the tokens' cookies have a check of their own.
MIDDLEWARE = [
    "corsheaders.middleware.CorsMiddleware",
    *(["faults.middleware.FaultMiddleware"] if FAULTS else []),
    "config.security_headers.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    *(["spa.middleware.AppMiddleware"] if SPA_DIST else []),
    "config.no_store.NoStoreMiddleware",
    "yew_auth_django.own_requests.OwnRequestsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

# ---- The browser's side: origins, headers, the built app ----
SECURE_REFERRER_POLICY = "no-referrer"
X_FRAME_OPTIONS = "DENY"
SEND_HSTS = COOKIE_SECURE
CSP_REPORTS = "; report-uri /api/__faults__/csp/" if FAULTS else ""
CONTENT_SECURITY_POLICIES = [("/api/", NO_PAGE_POLICY), ("/", APP_POLICY + CSP_REPORTS)]
CORS_ALLOWED_ORIGINS = SPA_ORIGINS
CORS_ALLOW_CREDENTIALS = COOKIE_MODE
CORS_ALLOW_HEADERS = [
    "accept",
    "content-type",
    "if-none-match",
    CSRF_HEADER.lower() if COOKIE_MODE else "authorization",
]
CORS_EXPOSE_HEADERS = ["ETag", "Retry-After"]

WHITENOISE_ROOT = SPA_DIST
WHITENOISE_INDEX_FILE = True
WHITENOISE_USE_FINDERS = False
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_IMMUTABLE_FILE_TEST = is_immutable
WHITENOISE_ADD_HEADERS_FUNCTION = add_headers

# ---- Accounts ----
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_ADAPTER = "social.adapter.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": configured_providers()}}

EMAIL_BACKEND = env.text("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = str(STATE_DIR / "mail")
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "no-reply@example.test")

# ---- Tokens ----
YEW_AUTH = {
    "COOKIES": COOKIE_MODE,
    "SECURE": COOKIE_SECURE,
    "ORIGINS": SPA_ORIGINS,
    "SESSION_LIFETIME": timedelta(seconds=env.integer("SESSION_TTL", 30 * 24 * 3600, minimum=1)),
}
SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": timedelta(seconds=env.integer("ACCESS_TTL", 300, minimum=1)),
    "REFRESH_TOKEN_LIFETIME": timedelta(
        seconds=env.integer("REFRESH_TTL", 7 * 24 * 3600, minimum=1)
    ),
    "ALGORITHM": "HS256",
    "SIGNING_KEY": SECRET_KEY,
}

REST_AUTH = {
    "USE_JWT": True,
    "SESSION_LOGIN": False,
    "TOKEN_MODEL": None,
    "USER_DETAILS_SERIALIZER": "accounts.serializers.UserSerializer",
    "REGISTER_SERIALIZER": "accounts.serializers.RegistrationSerializer",
    "PASSWORD_RESET_SERIALIZER": "accounts.serializers.PasswordResetSerializer",
    "PASSWORD_RESET_CONFIRM_SERIALIZER": "accounts.serializers.PasswordResetConfirmSerializer",
    "OLD_PASSWORD_FIELD_ENABLED": True,
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["yew_auth_django.authentication.FamilyAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.ScopedRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {
        "dj_rest_auth": env.text("AUTH_RATE", "" if DEBUG else "30/min") or None,
        "posts": env.text("POSTS_RATE") or None,
    },
    # With no proxy declared, X-Forwarded-For is the caller's to invent.
    "NUM_PROXIES": env.integer("NUM_PROXIES", 0),
}

# ---- Posts ----
POSTS_UPSTREAM_URL = env.text("POSTS_UPSTREAM_URL")
