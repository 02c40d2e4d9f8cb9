"""Django's own, below /admin/ alone: the API keeps no Django session, and must not get one."""

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware

PREFIX = "/admin/"


class BelowAdmin:
    def __call__(self, request):
        if request.path_info.startswith(PREFIX):
            return super().__call__(request)
        return self.get_response(request)


class AdminSessionMiddleware(BelowAdmin, SessionMiddleware):
    def process_response(self, request, response):
        # Under `no-referrer` a form's Origin is `null`, which the CSRF check refuses.
        response.headers["Referrer-Policy"] = "same-origin"
        return super().process_response(request, response)


class AdminAuthenticationMiddleware(BelowAdmin, AuthenticationMiddleware):
    pass


class AdminMessageMiddleware(BelowAdmin, MessageMiddleware):
    pass
