"""Settings of the API. Each variable of the environment is listed in README.md."""

from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from administration import setup as administration
from spa.caching import add_headers, is_immutable
from spa.policy import app_policy
from yew_auth_django.conf import NONCE_HEADER, PROOF_HEADER, SESSION_HEADER

from . import database, env, mail, reachability
from .log import logging_settings
from .security_headers import ADMIN_POLICY, NO_PAGE_POLICY, reported_to
from .social_providers import configured_providers

ONE_YEAR = 365 * 24 * 3600
DEVELOPMENT_KEY = "development-only-key-of-the-api-never-for-production"

DEBUG = env.flag("DEBUG")
# Development, and the release build on one's own machine: nobody else may reach the server.
LOOPBACK_ONLY = env.flag("LOOPBACK_ONLY", default=DEBUG)
SECRET_KEY = env.key("SECRET_KEY", DEVELOPMENT_KEY if DEBUG else None)
SECRET_KEY_FALLBACKS = env.former_keys("SECRET_KEY_FALLBACKS")
FAULTS = env.flag("FAULTS")
if FAULTS and not DEBUG:
    raise ImproperlyConfigured("FAULTS=1 lets anyone break the server: it needs DEBUG=1.")

ADMIN = env.flag("ADMIN")
METRICS_TOKEN = env.optional_key("METRICS_TOKEN")
STATE_DIR = env.state_dir()
SPA_DIST = Path(env.text("SPA_DIST")).resolve() if env.text("SPA_DIST") else None
if SPA_DIST and not (SPA_DIST / "index.html").is_file():
    raise ImproperlyConfigured(f"SPA_DIST has no index.html: {SPA_DIST}")
SPA_ORIGINS = env.origins(
    "SPA_ORIGINS",
    "http://127.0.0.1:8080,http://localhost:8080" if DEBUG else "",
    loopback_http=LOOPBACK_ONLY,
)
ALLOWED_HOSTS = reachability.allowed_hosts(SPA_ORIGINS, loopback_only=LOOPBACK_ONLY)
NUM_PROXIES = env.integer("NUM_PROXIES", 0)
COOKIE_MODE = env.flag("COOKIE_MODE", default=True)
COOKIE_SECURE = env.flag("COOKIE_SECURE", default=not DEBUG)
if not COOKIE_SECURE and not LOOPBACK_ONLY:
    raise ImproperlyConfigured("COOKIE_SECURE=0 is for http: it needs DEBUG=1 or LOOPBACK_ONLY=1.")

LOGGING = logging_settings(json_by_default=not DEBUG)

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
    "config",
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
    "throttling",
    "posts",
    "demo",
    *(["django_prometheus"] if METRICS_TOKEN else []),
    *(administration.APPS if ADMIN else []),
]

# No session and no CSRF middleware of Django's: no view can leave a stray `sessionid`
# behind that a sign-out would not end, and the tokens' cookies have a check of their own.
MIDDLEWARE = [
    "config.health.HealthMiddleware",
    "config.request_log.RequestLogMiddleware",
    "config.abandoned.AbandonedMiddleware",
    "config.unavailable.UnavailableMiddleware",
    *(["django_prometheus.middleware.PrometheusBeforeMiddleware"] if METRICS_TOKEN else []),
    "corsheaders.middleware.CorsMiddleware",
    *(["faults.middleware.FaultMiddleware"] if FAULTS else []),
    "config.security_headers.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    *(["spa.middleware.AppMiddleware"] if SPA_DIST else []),
    *(["whitenoise.middleware.WhiteNoiseMiddleware"] if ADMIN and not SPA_DIST else []),
    "config.no_store.NoStoreMiddleware",
    "config.compression.CompressionMiddleware",
    "yew_auth_django.middleware.YewAuthMiddleware",
    "django.middleware.common.CommonMiddleware",
    *(administration.MIDDLEWARE if ADMIN else []),
    "allauth.account.middleware.AccountMiddleware",
    *(["django_prometheus.middleware.PrometheusAfterMiddleware"] if METRICS_TOKEN else []),
    "posts.unchanged.UnchangedPostsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                *(administration.CONTEXT_PROCESSORS if ADMIN else []),
            ]
        },
    }
]

# ---- The browser's side: origins, headers, the built app ----
SECURE_REFERRER_POLICY = "no-referrer"
X_FRAME_OPTIONS = "DENY"
# The header is added below as well where Django cannot know that it is served over https.
SECURE_HSTS_SECONDS = env.integer("HSTS_SECONDS", ONE_YEAR if COOKIE_SECURE else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("HSTS_INCLUDE_SUBDOMAINS")
SECURE_HSTS_PRELOAD = env.flag("HSTS_PRELOAD")
CSP_REPORTS_URL = "/api/csp-reports/" if env.flag("CSP_REPORTS", default=not DEBUG) else ""
CSP_REPORTS = reported_to(CSP_REPORTS_URL) if CSP_REPORTS_URL else ""
if FAULTS:
    CSP_REPORTS = "; report-uri /api/__faults__/csp/"
CONTENT_SECURITY_POLICIES = [
    ("/api/", NO_PAGE_POLICY),
    *([("/admin/", ADMIN_POLICY), ("/static/", ADMIN_POLICY)] if ADMIN else []),
    ("/", app_policy(SPA_DIST) + CSP_REPORTS),
]
SILENCED_SYSTEM_CHECKS = [
    # The API's requests are told from other sites' by OwnRequestsMiddleware instead.
    "security.W003",
    # The proxy redirects http to https: here it would redirect its own health checks too,
    # and a request with a secret has been overheard by then.
    "security.W008",
    # Subdomains, and a browser's preload list, are the operator's to answer for.
    "security.W005",
    "security.W021",
]
# ---- Django's admin, the only part that has a Django session ----
SESSION_COOKIE_NAME = "__Host-admin_session" if COOKIE_SECURE else "admin_session"
CSRF_COOKIE_NAME = "__Host-admin_csrf" if COOKIE_SECURE else "admin_csrf"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/" if COOKIE_SECURE else "/admin/"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = COOKIE_SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 8 * 3600
CSRF_TRUSTED_ORIGINS = SPA_ORIGINS  # behind a proxy the server does not know that it is https

CORS_ALLOWED_ORIGINS = SPA_ORIGINS
CORS_ALLOW_CREDENTIALS = COOKIE_MODE
CORS_ALLOW_HEADERS = [
    "accept",
    "content-type",
    "if-none-match",
    *([SESSION_HEADER.lower()] if COOKIE_MODE else ["authorization", PROOF_HEADER.lower()]),
]
CORS_EXPOSE_HEADERS = ["ETag", "Retry-After", *([] if COOKIE_MODE else [NONCE_HEADER])]

# Below these the app has no pages.
SERVER_PATHS = ("/api/", "/admin/", "/static/", "/metrics")
WHITENOISE_ROOT = SPA_DIST
WHITENOISE_INDEX_FILE = True
WHITENOISE_USE_FINDERS = ADMIN  # its styles and scripts lie in its package
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MIMETYPES = {".webmanifest": "application/manifest+json"}
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
ACCOUNT_RATE_LIMITS = False  # throttling/ counts instead
ACCOUNT_USERNAME_VALIDATORS = "accounts.usernames.VALIDATORS"
REGISTRATION_OPEN = env.flag("REGISTRATION_OPEN", default=True)
SOCIALACCOUNT_ADAPTER = "social.adapter.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": configured_providers(DEBUG, LOOPBACK_ONLY)}}

EMAIL_BACKEND = mail.backend(files_by_default=LOOPBACK_ONLY)
EMAIL_FILE_PATH = str(STATE_DIR / "mail")
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = mail.port()
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = mail.encryption() is mail.Encryption.STARTTLS
EMAIL_USE_SSL = mail.encryption() is mail.Encryption.SSL
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = mail.sender(EMAIL_BACKEND)
MAIL_IN_BACKGROUND = True
PASSWORD_RESET_TIMEOUT = 3600

# ---- Tokens ----
DPOP_REQUIRED = env.flag("DPOP_REQUIRED")
if DPOP_REQUIRED and COOKIE_MODE:
    raise ImproperlyConfigured("DPOP_REQUIRED=1 is for bearer tokens: set COOKIE_MODE=0 too.")
API_ORIGIN = env.text("API_ORIGIN") or None
if API_ORIGIN:
    API_ORIGIN = env.origin("API_ORIGIN", API_ORIGIN, loopback_http=LOOPBACK_ONLY)
YEW_AUTH = {
    "COOKIES": COOKIE_MODE,
    "SECURE": COOKIE_SECURE,
    "ORIGINS": SPA_ORIGINS,
    "DPOP_REQUIRED": DPOP_REQUIRED,
    "DPOP_FIRST_USE": "throttling.first_use.is_first",
    "API_ORIGIN": API_ORIGIN,
    "SESSION_LIFETIME": timedelta(seconds=env.integer("SESSION_TTL", 30 * 24 * 3600, minimum=1)),
}
SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": timedelta(seconds=env.integer("ACCESS_TTL", 300, minimum=1)),
    "REFRESH_TOKEN_LIFETIME": timedelta(
        seconds=env.integer("REFRESH_TTL", 7 * 24 * 3600, minimum=1)
    ),
    "ALGORITHM": "HS256",
    "SIGNING_KEY": env.key("JWT_SIGNING_KEY", SECRET_KEY if DEBUG else None),
}

# Read by config/jwt_keys.py.
JWT_SIGNING_KEY_FALLBACKS = env.former_keys("JWT_SIGNING_KEY_FALLBACKS")

REST_AUTH = {
    "USE_JWT": True,
    "SESSION_LOGIN": False,
    "TOKEN_MODEL": None,
    "USER_DETAILS_SERIALIZER": "accounts.serializers.UserSerializer",
    "REGISTER_SERIALIZER": "accounts.serializers.RegistrationSerializer",
    "PASSWORD_RESET_CONFIRM_SERIALIZER": "accounts.serializers.PasswordResetConfirmSerializer",
    "OLD_PASSWORD_FIELD_ENABLED": True,
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["yew_auth_django.authentication.FamilyAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["config.json_parser.StrictJSONParser"],
    "DEFAULT_THROTTLE_CLASSES": ["throttling.throttles.NetworkThrottle"],
}

# ---- Limits: how often one network may ask, see throttling/ ----
REDIS_URL = env.text("REDIS_URL")
THROTTLE_RATES = {
    "sign_in": env.rate("SIGN_IN_RATE", "" if DEBUG else "30/min"),
    "registration": env.rate("REGISTRATION_RATE", "" if DEBUG else "20/h"),
    "password_reset": env.rate("PASSWORD_RESET_RATE", "" if DEBUG else "10/h"),
    "password_reset_confirm": env.rate("PASSWORD_RESET_CONFIRM_RATE", "" if DEBUG else "30/h"),
    "password_change": env.rate("PASSWORD_CHANGE_RATE", "" if DEBUG else "30/h"),
    "code_exchange": env.rate("CODE_EXCHANGE_RATE", "" if DEBUG else "30/min"),
    "providers": env.rate("PROVIDERS_RATE", "" if DEBUG else "120/min"),
    "posts": env.rate("POSTS_RATE", ""),
    "csp_reports": env.rate("CSP_REPORTS_RATE", "30/min"),
}
# Wrong passwords for one account before the next try has to wait; 0: it never has to.
FREE_GUESSES = env.integer("FREE_GUESSES", 0 if DEBUG else 5)

# ---- Posts ----
POSTS_UPSTREAM_URL = env.text("POSTS_UPSTREAM_URL")
