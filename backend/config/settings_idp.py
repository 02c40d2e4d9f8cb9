"""Settings of the development OpenID provider: allauth's own, in a process of its own.

The provider shares the code and nothing else: its database, keys and cookies are
its own. Cookies ignore ports, so theirs need other names than the API's.
"""

from provider.policy import provider_policy
from provider.signing_key import signing_key

from . import database, env
from .log import logging_settings

DEVELOPMENT_KEY = "development-only-key-of-the-provider-never-for-production"

DEBUG = env.flag("DEBUG")
LOOPBACK_ONLY = env.flag("LOOPBACK_ONLY", default=DEBUG)
SECRET_KEY = env.key("SECRET_KEY", DEVELOPMENT_KEY if DEBUG else None)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost")
SPA_ORIGINS = env.origins(
    "SPA_ORIGINS",
    "http://127.0.0.1:8080,http://localhost:8080" if DEBUG else "",
    loopback_http=LOOPBACK_ONLY,
)
NUM_PROXIES = env.integer("NUM_PROXIES", 0)
STATE_DIR = env.state_dir()

LOGGING = logging_settings(json_by_default=not DEBUG)

ROOT_URLCONF = "config.urls_idp"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "/static/"

DATABASES = {"default": database.sqlite(env.text("SQLITE_PATH") or STATE_DIR / "provider.sqlite3")}

SESSION_COOKIE_NAME = "provider_sessionid"
CSRF_COOKIE_NAME = "provider_csrftoken"
X_FRAME_OPTIONS = "DENY"
SECURE_HSTS_SECONDS = 0  # it may be http on this machine
CONTENT_SECURITY_POLICIES = [("/", provider_policy(SPA_ORIGINS))]

INSTALLED_APPS = [
    "provider",  # before allauth, whose templates it overrides
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "allauth",
    "allauth.account",
    "allauth.idp.oidc",
    "accounts",
]

MIDDLEWARE = [
    "config.request_log.RequestLogMiddleware",
    "config.security_headers.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "provider.pkce.S256OnlyMiddleware",
    "provider.oidc.IssuerMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ]
        },
    }
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "provider.adapter.ClosedAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
ACCOUNT_SESSION_REMEMBER = True
LOGIN_REDIRECT_URL = "/accounts/logout/"

IDP_OIDC_ADAPTER = "provider.oidc.OIDCAdapter"
IDP_OIDC_PRIVATE_KEY = signing_key(STATE_DIR / "provider-key.pem")
IDP_OIDC_RATE_LIMITS = False
IDP_OIDC_RP_INITIATED_LOGOUT_ASKS_FOR_OP_LOGOUT = False
