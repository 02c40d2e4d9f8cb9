from django.apps import AppConfig


class YewAuthConfig(AppConfig):
    name = "yew_auth_django"
    # Databases know the tables and migrations by this name.
    label = "refresh_families"
    verbose_name = "sign-in sessions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import checks  # noqa: F401 (registers itself)
