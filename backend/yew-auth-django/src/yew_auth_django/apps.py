from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_save, pre_save


class YewAuthConfig(AppConfig):
    name = "yew_auth_django"
    # Databases know the tables and migrations by this name.
    label = "refresh_families"
    verbose_name = "sign-in sessions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import checks  # noqa: F401 (registers itself)
        from .rehash import remember_former_hash
        from .sign_out import sign_out_disabled

        user_model = settings.AUTH_USER_MODEL
        post_save.connect(sign_out_disabled, user_model, dispatch_uid="yew_auth_disabled")
        pre_save.connect(remember_former_hash, user_model, dispatch_uid="yew_auth_rehash")
