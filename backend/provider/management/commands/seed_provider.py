from allauth.account.models import EmailAddress
from allauth.idp.oidc.models import Client
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

CLIENT_ID = "spa"
CALLBACK_PATH = "/auth/callback/dev"
PEOPLE = ("alice", "bob")
PASSWORD = "password"


class Command(BaseCommand):
    help = "Register the app as a client, and alice and bob. Safe to repeat."

    @transaction.atomic
    def handle(self, *args, **options):
        if not settings.DEBUG:
            raise CommandError(
                "seed_provider needs DEBUG=1: it makes people whose passwords are known to all."
            )
        register_client(settings.SPA_ORIGINS)
        for name in PEOPLE:
            add_person(name)
        self.stdout.write(f"people: {', '.join(PEOPLE)}; password of each: {PASSWORD}")


def register_client(origins: list[str]) -> None:
    client, _ = Client.objects.update_or_create(
        id=CLIENT_ID,
        defaults={
            "name": "Posts app",
            "type": Client.Type.PUBLIC,
            "skip_consent": False,
        },
    )
    client.set_scopes(["openid", "profile", "email"])
    client.set_default_scopes(["openid"])
    client.set_grant_types([Client.GrantType.AUTHORIZATION_CODE])
    client.set_response_types(["code"])
    client.set_redirect_uris([f"{origin}{CALLBACK_PATH}" for origin in origins])
    client.set_cors_origins(origins)
    client.set_post_logout_redirect_uris([f"{origin}/" for origin in origins])
    client.save()


def add_person(name: str) -> None:
    user, _ = get_user_model().objects.update_or_create(
        username=name,
        defaults={
            "email": f"{name}@example.test",
            "first_name": name.title(),
            "last_name": "Example",
        },
    )
    if not user.check_password(PASSWORD):
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
