"""How gunicorn serves both servers, and the one line it logs for each request."""

worker_class = "gthread"
workers = 1
threads = 8
accesslog = "-"
# %(U)s is the path alone: a query or a body may hold a code or a token.
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(M)s ms"
# gunicorn's control socket lies outside the state folder, and nothing uses it.
control_socket_disable = True
