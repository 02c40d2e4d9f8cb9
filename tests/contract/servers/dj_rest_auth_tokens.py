"""dj-rest-auth as it comes: one token of DRF's for each user, which does not expire."""

from django.urls import include, path
from stock import configure

configure(
    __name__,
    ["rest_framework.authtoken", "dj_rest_auth"],
    authentication="rest_framework.authentication.TokenAuthentication",
)

from posts import Posts

urlpatterns = [path("api/auth/", include("dj_rest_auth.urls")), path("api/posts/", Posts.as_view())]
