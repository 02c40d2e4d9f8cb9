from django.urls import path

from .views import control, csp

urlpatterns = [path("", control, name="faults"), path("csp/", csp, name="csp_reports")]
