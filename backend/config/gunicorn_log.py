"""What gunicorn says by itself, where config/request_log.py has a record for each request."""

from gunicorn.glogging import Logger


class GunicornLog(Logger):
    def access(self, resp, req, environ, request_time):
        """Nothing. Whatever its level, gunicorn composes a line of a hundred parts first."""
