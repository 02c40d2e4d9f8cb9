"""The account that anyone can try the app with."""

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model

USERNAME = "demo"
EMAIL = "demo@example.test"
PASSWORD = "demo-password"


def make_demo_account():
    """Make it, or give it its known password back.

    In no transaction: hashing a password takes long on a busy machine, and nothing breaks if
    the rest comes the next time.
    """
    user, _ = get_user_model().objects.update_or_create(
        username=USERNAME,
        defaults={
            "email": EMAIL,
            "first_name": "Demo",
            "last_name": "Person",
            "is_active": True,
        },
    )
    if not user.check_password(PASSWORD):
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(
        user=user, email=EMAIL, defaults={"verified": True, "primary": True}
    )
    return user
