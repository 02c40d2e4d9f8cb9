from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import User
from demo.account import EMAIL, PASSWORD
from posts.models import Post

pytestmark = pytest.mark.django_db


def seed() -> str:
    output = StringIO()
    call_command("seed", stdout=output)
    return output.getvalue()


def test_seeding_twice_is_seeding_once(settings):
    settings.DEBUG = True
    assert "100 posts added" in seed()
    assert "0 posts added" in seed()
    assert (User.objects.count(), Post.objects.count()) == (1, 100)


def test_the_demo_account_signs_in_by_name_and_by_address(api, settings):
    settings.DEBUG = True
    seed()
    user = api.sign_in("demo", PASSWORD)["user"]
    assert (user["first_name"], user["last_name"]) == ("Demo", "Person")
    assert api.sign_in(EMAIL, PASSWORD)["user"] == user


def test_seeding_again_gives_the_demo_account_its_password_back(api, settings):
    settings.DEBUG = True
    seed()
    user = User.objects.get()
    user.set_password("forgotten")
    user.is_active = False
    user.save()
    seed()
    assert api.sign_in("demo", PASSWORD)


def test_outside_development_no_account_with_a_known_password_is_made(settings):
    settings.DEBUG = False
    assert "no demo account" in seed()
    assert User.objects.count() == 0
