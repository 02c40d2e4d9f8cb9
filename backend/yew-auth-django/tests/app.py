"""The app's address, and the password of everybody who signs in there."""

ORIGIN = "https://app.example"
PASSWORD = "correct horse battery"

SERVER = {"SERVER_NAME": "app.example", "SERVER_PORT": "443", "wsgi.url_scheme": "https"}
