from django.conf import settings
from django.core.management.base import BaseCommand

from demo.account import PASSWORD, make_demo_account
from posts.bundled import add_bundled_posts


class Command(BaseCommand):
    help = "Add the bundled posts and, with DEBUG=1, the demo account. Safe to repeat."

    def handle(self, *args, **options):
        self.stdout.write(f"{add_bundled_posts()} posts added")
        if settings.DEBUG:
            user = make_demo_account()
            self.stdout.write(f"account: {user.username}, password: {PASSWORD}")
        else:
            self.stdout.write("no demo account without DEBUG=1: its password is known to all")
