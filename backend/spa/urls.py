from django.urls import path

from .views import page

urlpatterns = [path("<path:path>", page)]
