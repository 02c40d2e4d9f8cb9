"""Serves one server for a test: `python serve.py FILE`.

FILE configures Django, holds `urlpatterns`, and may have a function `prepare`. The server migrates
its database, adds two people, and prints the address once it listens.
"""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

PEOPLE = {"demo": "demo-password", "grace": "grace-password"}


def load(file: Path) -> ModuleType:
    """Import the file as the module `server`."""
    spec = importlib.util.spec_from_file_location("server", file)
    module = importlib.util.module_from_spec(spec)
    sys.modules["server"] = module
    spec.loader.exec_module(module)
    return module


def add_people() -> None:
    """Add the people, each under a name or, where people have none, under their e-mail address."""
    from django.contrib.auth import get_user_model

    user_model = get_user_model()
    for name, password in PEOPLE.items():
        email = f"{name}@example.test"
        fields = (
            {"email": email}
            if user_model.USERNAME_FIELD == "email"
            else {"username": name, "email": email}
        )
        if not user_model.objects.filter(**fields).exists():
            user_model.objects.create_user(**fields, password=password)


def write_lazily(connection, **_) -> None:
    """Let the database skip what survives a power failure: it is gone with its test."""
    connection.cursor().execute("PRAGMA synchronous=OFF")


def main() -> None:
    """Serve until killed."""
    module = load(Path(sys.argv[1]))

    from django.core.management import call_command
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application
    from django.db.backends.signals import connection_created

    connection_created.connect(write_lazily)
    call_command("migrate", run_syncdb=True, verbosity=0)
    add_people()
    if hasattr(module, "prepare"):
        module.prepare()
    server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
    server.set_app(get_wsgi_application())
    sys.stdout.write(f"listening on http://127.0.0.1:{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


main()
