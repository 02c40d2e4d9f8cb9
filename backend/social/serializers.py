"""A sign-in by authorization code, as the browser sends it."""

from django.conf import settings
from rest_framework import serializers
from rest_framework.exceptions import APIException

from outbound.gate import TooBusyError

from .account import AccountRefusedError, account_for
from .exchange import Grant, GrantRefusedError, ProviderUnavailableError, exchange


class BadGateway(APIException):
    status_code = 502
    default_detail = "The identity provider did not answer."
    default_code = "provider_unavailable"


class Busy(APIException):
    status_code = 503
    default_detail = "Too many people wait for an identity provider. Try again in a moment."
    default_code = "busy"
    # REST framework's handler makes it the answer's Retry-After.
    wait = 2


def redirect_uris(provider_id: str) -> list[str]:
    return [f"{origin}/auth/callback/{provider_id}" for origin in settings.SPA_ORIGINS]


class CodeSerializer(serializers.Serializer):
    code = serializers.CharField(max_length=4096, trim_whitespace=False)
    code_verifier = serializers.RegexField(r"\A[A-Za-z0-9\-._~]{43,128}\Z", trim_whitespace=False)
    redirect_uri = serializers.CharField(max_length=2048, trim_whitespace=False)
    nonce = serializers.CharField(max_length=512, trim_whitespace=False)

    def validate_redirect_uri(self, redirect_uri):
        if redirect_uri not in redirect_uris(self.context["provider"].app.provider_id):
            raise serializers.ValidationError("Not an allowed redirect URI.")
        return redirect_uri

    def validate(self, attrs):
        request = self.context["request"]._request
        try:
            login = exchange(request, self.context["provider"], Grant(**attrs))
            return {"user": account_for(request, login)}
        except ProviderUnavailableError as error:
            raise BadGateway from error
        except TooBusyError as error:
            raise Busy from error
        except (GrantRefusedError, AccountRefusedError) as error:
            raise serializers.ValidationError(str(error)) from error
