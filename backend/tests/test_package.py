"""The installable app has tests of its own, on a stock project with settings of its own."""

import os
import subprocess
import sys

from tests.live_server import BACKEND

OF_THIS_RUN = {"DJANGO_SETTINGS_MODULE", "PYTEST_ADDOPTS"}


def test_the_app_works_in_a_stock_project():
    variables = {name: value for name, value in os.environ.items() if name not in OF_THIS_RUN}
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=BACKEND / "yew-auth-django",
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
