"""The address that a request comes from, as far as the declared proxies tell."""

import ipaddress
import logging
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address

from django.conf import settings

logger = logging.getLogger(__name__)

UNKNOWN = "unknown"
_HEADER = "HTTP_X_FORWARDED_FOR"
# A network that a home or a host is given as a whole: whoever has one address of it has all.
_IPV6_PREFIX = 64
_said = set()


def client_address(request) -> str:
    """The address that the outermost declared proxy saw.

    What stands further left in `X-Forwarded-For` is the caller's to invent, and all of it
    where no proxy is declared. A Unix socket has no address.
    """
    found = parsed(_claimed(request)) or parsed(request.META.get("REMOTE_ADDR", ""))
    return str(found) if found else UNKNOWN


def network_of(address: str) -> str:
    """What is counted together: an IPv4 address, or an IPv6 /64."""
    found = parsed(address)
    if isinstance(found, IPv6Address):
        return str(ipaddress.ip_network((found, _IPV6_PREFIX), strict=False))
    return str(found) if found else UNKNOWN


@lru_cache(maxsize=4096)
def parsed(text: str) -> IPv4Address | IPv6Address | None:
    """Some proxies add a port. An IPv4 address in IPv6's clothes is the former."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    if isinstance(found, IPv6Address):
        # A zone names an interface of the caller's, as many as it likes.
        return found.ipv4_mapped or IPv6Address(int(found))
    return found


def _claimed(request) -> str:
    header = request.META.get(_HEADER)
    if header is None:
        return ""
    if not settings.NUM_PROXIES:
        _warn_once(
            "A request has X-Forwarded-For and NUM_PROXIES is 0: if a proxy has sent it, all its "
            "clients share one limit. Set NUM_PROXIES to the number of proxies."
        )
        return ""
    hops = header.split(",")
    return hops[-min(settings.NUM_PROXIES, len(hops))]


def _warn_once(message: str) -> None:
    if message not in _said:
        _said.add(message)
        logger.warning(message)
