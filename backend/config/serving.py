"""How gunicorn serves, and what has to hold before it does."""

import importlib
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured

from . import env, log
from .reachability import refuse_exposure

# Of one worker. Some of them may wait for other servers, see outbound/gate.py.
THREADS = 8

# prometheus_client's own: where the processes of one server count together.
_METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"


@dataclass(frozen=True)
class Choices:
    """What the environment says of gunicorn's own settings."""

    workers: int
    log_is_json: bool
    logging: dict


def choices() -> Choices:
    """Ends the process with one sentence if they cannot be."""
    try:
        found = Choices(
            workers=env.integer("WEB_CONCURRENCY", 1, minimum=1),
            log_is_json=log.is_json(json_by_default=not env.flag("DEBUG")),
            logging=log.gunicorn_logging(),
        )
    except ImproperlyConfigured as error:
        sys.exit(f"Error: {error}")
    if env.text("METRICS_TOKEN") and _METRICS_FOLDER not in os.environ:
        # Before anything imports prometheus_client, which looks once.
        os.environ[_METRICS_FOLDER] = tempfile.mkdtemp(prefix="metrics-")
    return found


def refuse_unsafe(addresses: list, *, workers: int) -> None:
    """End gunicorn with one sentence, before a worker is started, if it must not serve.

    Raises RuntimeError, which gunicorn prints without a traceback.
    """
    try:
        name = os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings")
        settings = importlib.import_module(name)
        refuse_exposure(
            addresses,
            proxies=settings.NUM_PROXIES,
            loopback_only=settings.LOOPBACK_ONLY,
        )
        if workers > 1 and getattr(settings, "FAULTS", False):
            raise ImproperlyConfigured(
                "FAULTS=1 keeps its rules in one process: WEB_CONCURRENCY must be 1."
            )
    except ImproperlyConfigured as error:
        raise RuntimeError(f"{error}") from error


def forget_metrics_of(worker: int) -> None:
    """What a worker has counted stays; what it was doing when it ended does not."""
    if _METRICS_FOLDER in os.environ:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker)


def forget_metrics() -> None:
    if folder := os.environ.get(_METRICS_FOLDER):
        shutil.rmtree(folder, ignore_errors=True)
