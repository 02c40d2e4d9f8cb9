"""A Python that has loaded what takes long to load, and becomes any of the servers by a fork.

`python -m tests.e2e.warm_python SOCKET`. Who connects sends one line of JSON:

| key           | meaning                                                   |
|---------------|-----------------------------------------------------------|
| `program`     | Python source                                             |
| `arguments`   | its `sys.argv`                                            |
| `environment` | its whole environment                                     |
| `output`      | the file at whose end it writes what it prints            |

and gets a line with the number of its process group, then `ended` if the program came to its
end. The connection closes when no process of the group is left.

Settings depend on the environment, so nothing is loaded here that reads them.
"""

import ctypes
import importlib
import json
import os
import signal
import socket
import sys

_HEAVY = (
    "cryptography.x509",
    "django.contrib.postgres.fields",
    "django.core.handlers.wsgi",
    "django.core.management",
    "django.db.backends.sqlite3.base",
    "django.test",
    "gunicorn.app.wsgiapp",
    "gunicorn.workers.gthread",
    "jwt",
    "requests",
    "rest_framework.serializers",
    "whitenoise",
)
_SET_PARENT_DEATH_SIGNAL = 1


def serve(path: str) -> None:
    # The system buries the children: nobody here waits for them.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen(64)
        for name in _HEAVY:
            importlib.import_module(name)
        while True:
            connection, _ = listener.accept()
            if os.fork() == 0:
                become(connection)
                return
            connection.close()


def become(connection: socket.socket) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
    os.setpgid(0, 0)
    with connection.makefile("rw") as stream:
        order = json.loads(stream.readline())
        stream.write(f"{os.getpid()}\n")
        stream.flush()
        run(order)
        stream.write("ended\n")


def run(order: dict) -> None:
    output = os.open(order["output"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(output, sys.stdout.fileno())
    os.dup2(output, sys.stderr.fileno())
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv = order["arguments"]
    exec(order["program"], {"__name__": "__main__"})


if __name__ == "__main__":
    serve(sys.argv[1])
