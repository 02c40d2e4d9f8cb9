"""allauth's social adapter, with a provider's failure told from its refusal."""

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


def raise_for_server_error(response, *args, **kwargs):
    if response.status_code >= 500:
        response.raise_for_status()


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def get_requests_session(self):
        """allauth reads a token endpoint's 503 as an answer to the code."""
        session = super().get_requests_session()
        session.hooks["response"].append(raise_for_server_error)
        return session
