"""Which provider's people may sign in to an account."""

from allauth.socialaccount.models import SocialAccount


def drop_links(user) -> int:
    """All of them, also one whose provider vouches for the address: the mailbox may have had
    another owner then. Returns how many there were.
    """
    _, deleted = SocialAccount.objects.filter(user=user).delete()
    return deleted.get(SocialAccount._meta.label, 0)


def vouches_for(extra_data: dict, address: str) -> bool:
    claims = extra_data.get("id_token") or {}
    email = claims.get("email")
    return (
        claims.get("email_verified") is True
        and isinstance(email, str)
        and email.lower() == address.lower()
    )
