from django.urls import path

from . import views

urlpatterns = [
    path("", views.ProviderListView.as_view(), name="providers"),
    path("login/<slug:provider_id>/", views.SocialLoginView.as_view(), name="social_login"),
]
