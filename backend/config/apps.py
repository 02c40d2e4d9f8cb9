from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """The project itself, so that it can set up what has to be set up once."""

    name = "config"
    label = "project"

    def ready(self):
        from . import jwt_keys

        jwt_keys.install()
