"""What administrators see and change."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from accounts.models import User
from posts.models import Post
from yew_auth_django.models import RefreshFamily

admin.site.register(User, UserAdmin)


@admin.register(RefreshFamily)
class SessionAdmin(admin.ModelAdmin):
    """To look at: `manage.py end_sessions` ends them."""

    list_display = ("id", "user", "opened_at", "ends_at", "revoked_at", "revocation")
    list_filter = ("revocation",)
    list_select_related = ("user",)
    search_fields = ("user__username", "user__email")
    fields = ("user", "opened_at", "ends_at", "current_expires_at", "revoked_at", "revocation")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Post)
class PostAdmin(admin.ModelAdmin):
    list_display = ("id", "user_id", "title")
    search_fields = ("title",)
