"""Which provider's people may sign in to an account."""

from allauth.socialaccount.models import SocialAccount


def drop_unproved_links(user) -> None:
    """Keep only those whose provider has vouched for the address of the account.

    An account may have been made with an address that nobody had proved, by somebody who
    waits for its owner to take it over.
    """
    for link in SocialAccount.objects.filter(user=user):
        if not vouches_for(link.extra_data, user.email):
            link.delete()


def vouches_for(extra_data: dict, address: str) -> bool:
    claims = extra_data.get("id_token") or {}
    email = claims.get("email")
    return (
        claims.get("email_verified") is True
        and isinstance(email, str)
        and email.lower() == address.lower()
    )
