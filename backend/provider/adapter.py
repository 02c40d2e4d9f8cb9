from allauth.account.adapter import DefaultAccountAdapter


class ClosedAccountAdapter(DefaultAccountAdapter):
    """The provider has the people it was seeded with."""

    def is_open_for_signup(self, request):
        return False
