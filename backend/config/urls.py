"""The API's addresses, all with a trailing slash."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    # Before yew_auth_django's own, in whose places some of them stand.
    path("api/auth/", include("accounts.urls")),
    path("api/auth/", include("yew_auth_django.urls")),
    path("api/social/", include("social.urls")),
    path("api/posts/", include("posts.urls")),
]

if settings.FAULTS:
    urlpatterns.append(path("api/__faults__/", include("faults.urls")))
