from django.contrib import admin
from django.urls import include, path
from rest_framework.decorators import api_view
from rest_framework.response import Response


@api_view(["POST"])
def report(request):
    """An endpoint of the project's own, outside the API's path."""
    return Response({"for": request.user.username})


urlpatterns = [
    path("admin/", admin.site.urls),
    path("reports/", report),
    path("api/auth/", include("yew_auth_django.urls")),
    path("api/auth/", include("dj_rest_auth.urls")),
    path("api/auth/registration/", include("dj_rest_auth.registration.urls")),
]
