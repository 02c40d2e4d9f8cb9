"""Which providers there are, and signing in through one."""

from dj_rest_auth.views import LoginView
from django.utils.functional import cached_property
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from config.audit import Event, record
from outbound.documents import UnavailableError
from outbound.gate import TooBusyError
from yew_auth_django.sign_in import SignInMixin

from .discovery import END_SESSION
from .providers import adapter_of, configured_providers, find_provider
from .serializers import Busy, CodeSerializer

# Whether the provider names itself in its answers; its discovery document's own word (RFC 9207).
ISS_SUPPORTED = "authorization_response_iss_parameter_supported"


class ProviderListView(APIView):
    """All a browser needs to begin: no provider is compiled into it."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_scope = "providers"

    def get(self, request):
        try:
            described = [describe(request, p) for p in configured_providers(request._request)]
        except TooBusyError as error:
            raise Busy from error
        return Response([description for description in described if description])


def describe(request, provider) -> dict | None:
    """None for a provider that is down: it cannot be signed in with."""
    try:
        configuration = adapter_of(request._request, provider).openid_config
    except UnavailableError:
        return None
    return {
        "id": provider.app.provider_id,
        "name": provider.name,
        "client_id": provider.app.client_id,
        "authorize_url": configuration["authorization_endpoint"],
        "end_session_url": configuration.get(END_SESSION),
        "issuer": configuration["issuer"],
        ISS_SUPPORTED: configuration.get(ISS_SUPPORTED) is True,
        "scope": " ".join(provider.get_scope()),
        "pkce": "S256",
    }


class SocialLoginView(SignInMixin, LoginView):
    throttle_scope = "code_exchange"
    serializer_class = CodeSerializer

    def post(self, request, *args, **kwargs):
        method = f"provider {self.provider.app.provider_id}"
        try:
            response = super().post(request, *args, **kwargs)
        except ValidationError:
            record(Event.SIGN_IN_FAILED, method=method)
            raise
        record(Event.SIGNED_IN, self.user.pk, method=method)
        return response

    @cached_property
    def provider(self):
        provider = find_provider(self.request._request, self.kwargs["provider_id"])
        if provider is None:
            raise NotFound("There is no such identity provider.")
        return provider

    def get_serializer_context(self):
        return {**super().get_serializer_context(), "provider": self.provider}
