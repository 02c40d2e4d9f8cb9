from django.apps import AppConfig


class RefreshFamiliesConfig(AppConfig):
    name = "refresh_families"
    verbose_name = "refresh families"
