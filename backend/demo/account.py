"""The account that anyone can try the app with."""

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.db import transaction

USERNAME = "demo"
EMAIL = "demo@example.test"
PASSWORD = "demo-password"


@transaction.atomic
def make_demo_account():
    """Make it, or give it its known password back."""
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
