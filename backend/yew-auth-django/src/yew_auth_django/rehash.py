"""A password's hash is renewed at a sign-in when Django has a stronger one to offer. The
password is still the same: the user's other sessions go on."""

from django.contrib.auth.hashers import check_password

from .models import RefreshFamily, fingerprint

_FORMER = "_yew_auth_former_hash"


def remember_former_hash(sender, instance, raw, update_fields, **kwargs) -> None:
    """A receiver of `pre_save`. `check_password` renews a hash by saving it alone."""
    if raw or update_fields is None or set(update_fields) != {"password"}:
        return
    stored = sender._base_manager.filter(pk=instance.pk).values_list("password", flat=True)
    setattr(instance, _FORMER, stored.first())


def keep_sessions_of_the_same_password(user, password) -> None:
    """To be called with the password that `user` has just proved to know."""
    former = getattr(user, _FORMER, None)
    if not former or not isinstance(password, str) or not check_password(password, former):
        return
    families = RefreshFamily.objects.filter(user=user, password_fingerprint=fingerprint(former))
    families.update(password_fingerprint=fingerprint(user.password))
