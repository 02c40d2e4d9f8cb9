"""The API's addresses, all with a trailing slash."""

from django.conf import settings
from django.urls import include, path

from .metrics import metrics

urlpatterns = [
    # Before yew_auth_django's own, in whose places some of them stand.
    path("api/auth/", include("accounts.urls")),
    path("api/auth/", include("yew_auth_django.urls")),
    path("api/social/", include("social.urls")),
    path("api/posts/", include("posts.urls")),
]

if settings.CSP_REPORTS_URL:
    urlpatterns.append(path("api/csp-reports/", include("csp_reports.urls")))

if settings.METRICS_TOKEN:
    urlpatterns.append(path("metrics", metrics, name="metrics"))

if settings.ADMIN:
    from django.contrib import admin

    urlpatterns.append(path("admin/", admin.site.urls))

if settings.FAULTS:
    urlpatterns.append(path("api/__faults__/", include("faults.urls")))
