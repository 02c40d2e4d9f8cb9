"""Commands that are about one person."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from accounts.identifier import user_named


class PersonCommand(BaseCommand):
    """Takes a user name or an e-mail address, and hands the user on."""

    def add_arguments(self, parser: ArgumentParser):
        parser.add_argument("person", help="a user name or an e-mail address")

    def handle(self, *args, person: str, **options):
        user = user_named(person)
        if user is None:
            raise CommandError(f"there is nobody with the name or address {person!r}")
        self.handle_user(user, **options)

    def handle_user(self, user, **options):
        raise NotImplementedError
