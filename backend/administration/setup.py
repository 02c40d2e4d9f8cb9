"""What the settings take in with ADMIN=1."""

APPS = [
    "django.contrib.sessions",
    "django.contrib.messages",
    "administration.admin_config.AdministrationConfig",  # django.contrib.admin, with our site
    "administration",
]

MIDDLEWARE = [
    "administration.middleware.AdminSessionMiddleware",
    "administration.middleware.AdminAuthenticationMiddleware",
    "administration.middleware.AdminMessageMiddleware",
]

CONTEXT_PROCESSORS = [
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
