"""The database backend that `ENGINE` names."""

import select

import psycopg
from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """With `CONN_HEALTH_CHECKS`, Django asks `SELECT 1` at the start of each request.

    That is one round trip of the two or three that a request needs. A server that restarts, or
    ends an idle connection, has closed its socket by then, and the socket tells for nothing.
    """

    def is_usable(self) -> bool:
        if self.connection is None:
            return False
        if self.errors_occurred:
            # A query has failed on it: whether the server still answers is worth another.
            return super().is_usable()
        try:
            socket = self.connection.pgconn.socket
        except psycopg.OperationalError:
            return False
        # Nothing is expected on an idle connection, so anything there is an end, or a notice of it.
        idle = select.poll()
        idle.register(socket, select.POLLIN)
        return not idle.poll(0)
