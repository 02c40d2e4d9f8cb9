"""What has to hold before gunicorn serves a request."""

import importlib
import os

from django.core.exceptions import ImproperlyConfigured

from .reachability import refuse_exposure

# Of one worker. Some of them may wait for other servers, see social/outbound.py.
THREADS = 8


def refuse_unsafe(addresses: list, *, workers: int) -> None:
    """End gunicorn with one sentence, before a worker is started, if it must not serve.

    Raises RuntimeError, which gunicorn prints without a traceback.
    """
    try:
        name = os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings")
        settings = importlib.import_module(name)
        refuse_exposure(
            addresses,
            proxies=getattr(settings, "NUM_PROXIES", 0),
            loopback_only=settings.LOOPBACK_ONLY,
        )
        if workers > 1 and getattr(settings, "FAULTS", False):
            raise ImproperlyConfigured(
                "FAULTS=1 keeps its rules in one process: WEB_CONCURRENCY must be 1."
            )
    except ImproperlyConfigured as error:
        raise RuntimeError(f"{error}") from error
