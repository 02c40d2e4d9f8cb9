"""Django's PostgreSQL, whose kept connections are checked without a query."""
