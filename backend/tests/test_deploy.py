"""The files in deploy/ fit the code."""

import re

from config.env import BACKEND_DIR
from tests.production import KEY, OTHER_KEY, production
from tests.test_settings import run

ROOT = BACKEND_DIR.parent
DEPLOY = ROOT / "deploy"
_VARIABLE = re.compile(r"^#?([A-Z_]+)=(.*)$", re.MULTILINE)


def example() -> dict[str, str]:
    """What stands there and is not commented out."""
    text = (DEPLOY / "environment.example").read_text(encoding="utf-8")
    return dict(re.findall(r"^([A-Z_]+)=(.*)$", text, re.MULTILINE))


def test_the_example_takes_two_keys_and_passes_the_deployment_check(tmp_path):
    (tmp_path / "index.html").write_text("")
    filled = {"SECRET_KEY": KEY, "JWT_SIGNING_KEY": OTHER_KEY, "SPA_DIST": str(tmp_path)}
    environment = {**production(tmp_path), **example(), **filled, "STATE_DIR": str(tmp_path)}
    checked = run(environment, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert checked.returncode == 0, checked.stderr


def test_the_example_as_it_is_says_what_is_missing(tmp_path):
    environment = {**production(tmp_path), **example(), "STATE_DIR": str(tmp_path)}
    checked = run(environment, "manage.py", "check")
    assert checked.returncode != 0
    assert "SECRET_KEY is required" in checked.stderr


def test_every_variable_of_the_example_and_the_documents_is_read_and_explained():
    read = set()
    for source in (BACKEND_DIR / "config").glob("*.py"):
        read |= set(
            re.findall(r'(?:env\.\w+|text)\(\s*"([A-Z_]+)"', source.read_text(encoding="utf-8"))
        )
    text = (DEPLOY / "environment.example").read_text(encoding="utf-8")
    assert {name for name, _ in _VARIABLE.findall(text)} <= read
    explained = (BACKEND_DIR / "README.md").read_text(encoding="utf-8")
    assert not [name for name in sorted(read) if f"`{name}`" not in explained]


def test_the_commands_of_the_operations_guide_exist():
    guide = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    table = guide.partition("## People")[2].partition("##")[0]
    from django.core.management import get_commands

    named = set(re.findall(r"`([a-z_]+) (?:PERSON|NAME)", table))
    assert len(named) == 6
    assert named <= get_commands().keys()
