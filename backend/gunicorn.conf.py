"""How gunicorn serves both servers."""

import gc

from config import serving

chosen = serving.choices()

worker_class = "gthread"
workers = chosen.workers
threads = serving.THREADS
# Longer than a proxy keeps an idle connection (deploy/nginx): who closes first must be the one
# that sends, or a request meets a connection that is being closed.
keepalive = 75
# Whatever a worker writes is for its own user alone.
umask = 0o077
# gunicorn's control socket lies outside the state folder, and nothing uses it.
control_socket_disable = True
if chosen.log_is_json:
    logconfig_dict = chosen.logging
    logger_class = "config.gunicorn_log.GunicornLog"
else:
    accesslog = "-"
    # %(U)s is the path alone: a query or a body may hold a code or a token.
    access_log_format = "%(t)s %(m)s %(U)s %(s)s %(M)s ms"


def on_starting(arbiter):
    serving.refuse_unsafe(arbiter.cfg.address, workers=arbiter.cfg.workers)


def when_ready(arbiter):
    """Sockets that systemd has opened are known only now."""
    addresses = [listener.sock.getsockname() for listener in arbiter.LISTENERS]
    serving.refuse_unsafe(addresses, workers=arbiter.cfg.workers)


def post_worker_init(worker):
    """Nothing of what is loaded is ever garbage: it is not looked through again and again."""
    gc.collect()
    gc.freeze()


def child_exit(arbiter, worker):
    serving.forget_metrics_of(worker.pid)


def on_exit(arbiter):
    serving.forget_metrics()
