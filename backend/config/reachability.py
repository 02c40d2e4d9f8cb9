"""Who may reach the server, and by which names."""

import ipaddress
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from . import env


def allowed_hosts(origins: list[str], *, loopback_only: bool) -> list[str]:
    """Django's setting: by default the hosts of the app's own origins."""
    own = [urlsplit(origin).hostname for origin in origins]
    hosts = env.words("ALLOWED_HOSTS") or list(dict.fromkeys(own))
    if "*" in hosts:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS must name the hosts that the server is reached by, not `*`."
        )
    return [*hosts, "127.0.0.1", "localhost"] if loopback_only else hosts


def refuse_exposure(addresses: list, *, proxies: int, loopback_only: bool) -> None:
    """Refuse to listen where strangers could reach a worker with no proxy in between.

    A worker reads a request's head by itself: eight that are sent by halves would keep
    all of its threads. A buffering proxy sends whole requests only.
    """
    exposed = [address for address in addresses if is_exposed(address)]
    if exposed and loopback_only:
        raise ImproperlyConfigured(
            f"{exposed[0][0]} can be reached from other machines, and DEBUG=1 or LOOPBACK_ONLY=1 "
            "is for this machine alone: bind to 127.0.0.1."
        )
    if exposed and not proxies:
        raise ImproperlyConfigured(
            f"{exposed[0][0]} can be reached from other machines with no proxy before it: "
            "bind to 127.0.0.1 or a Unix socket, or set NUM_PROXIES to the number of buffering "
            "proxies, such as nginx, that every request passes. See docs/deployment.md."
        )


def is_exposed(address) -> bool:
    """gunicorn's addresses: a pair for TCP, a path for a Unix socket, a number for a descriptor."""
    if not isinstance(address, tuple):
        return False
    host = address[0]
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return not env.is_loopback(host)
