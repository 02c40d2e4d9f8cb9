"""How gunicorn serves both servers, and the one line it logs for each request."""

from config import env, serving

worker_class = "gthread"
workers = env.integer("WEB_CONCURRENCY", 1, minimum=1)
threads = serving.THREADS
# Whatever a worker writes is for its own user alone.
umask = 0o077
accesslog = "-"
# %(U)s is the path alone: a query or a body may hold a code or a token.
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(M)s ms"
# gunicorn's control socket lies outside the state folder, and nothing uses it.
control_socket_disable = True


def on_starting(arbiter):
    serving.refuse_unsafe(arbiter.cfg.address, workers=arbiter.cfg.workers)


def when_ready(arbiter):
    """Sockets that systemd has opened are known only now."""
    addresses = [listener.sock.getsockname() for listener in arbiter.LISTENERS]
    serving.refuse_unsafe(addresses, workers=arbiter.cfg.workers)
