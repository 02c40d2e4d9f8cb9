"""allauth's account adapter, for a server that keeps no Django session."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """allauth stashes a verified address in `request.session`; here there is none."""

    def stash_verified_email(self, request, email):
        pass

    def unstash_verified_email(self, request):
        return None

    def is_email_verified(self, request, email):
        return False
