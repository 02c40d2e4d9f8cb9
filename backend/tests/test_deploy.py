"""The files in deploy/ fit the code."""

import re
from pathlib import Path

import yaml

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


def test_the_containers_serve_with_a_read_only_root_as_nobody_else():
    services = yaml.safe_load((DEPLOY / "container/compose.yaml").read_text("utf-8"))["services"]
    hosts = [service for service in services.values() if service.get("image") == "yew-auth"]
    assert len(hosts) == 3
    for host in hosts:
        assert host["read_only"]
        assert host["cap_drop"] == ["ALL"]
        assert "DATABASE_URL" in host["environment"]
    containerfile = (DEPLOY / "container/Containerfile").read_text("utf-8")
    assert "\nUSER yew-auth\n" in containerfile
    asked = services["caddy"]["environment"]["APP_HOSTS"].split()
    assert asked == [f"{name}:8000" for name in services if name.startswith("host-")]


def test_the_image_checks_certificates_of_mail_servers_and_databases():
    """Python asks the system for them, and Debian's slim image has none."""
    served = (DEPLOY / "container/Containerfile").read_text("utf-8").rpartition("\nFROM ")[2]
    assert "ca-certificates" in served


def test_debians_podman_compose_reads_the_compose_file():
    """podman 4.3 knows no owner of a tmpfs; podman-compose 1.0.3 takes a `${NAME:?}` without
    words as it stands, and PostgreSQL would have it as its password."""
    text = (DEPLOY / "container/compose.yaml").read_text("utf-8")
    assert len(re.findall(r"\$\{\w+:\?[^}]+\}", text)) == text.count("${")
    for service in yaml.safe_load(text)["services"].values():
        assert not [mount for mount in service.get("tmpfs", []) if ":" in mount]


def rules(file: Path) -> list[str]:
    lines = file.read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def left_out_of_the_image() -> re.Pattern:
    """What .dockerignore names, and whatever lies below."""
    wildcards = {"**/": "(?:.*/)?", "*": "[^/]*"}
    named = [
        "".join(wildcards.get(part) or re.escape(part) for part in re.split(r"(\*\*/|\*)", rule))
        for rule in (line.removeprefix("/") for line in rules(ROOT / ".dockerignore"))
    ]
    return re.compile(f"(?:{'|'.join(named)})(?:/.*)?")


def ignored_by_git() -> list[str]:
    """A path for each rule: two if it holds at any depth."""
    paths = []
    for file in (ROOT / ".gitignore", *ROOT.glob("[!.]*/.gitignore"), *ROOT.glob("*/*/.gitignore")):
        folder = file.parent.relative_to(ROOT)
        if any(part.startswith(".") or part in ("target", "node_modules") for part in folder.parts):
            continue  # written by a tool, for itself
        for rule in rules(file):
            name = rule.strip("/").replace("**", "any").replace("*", "any")
            paths.append((folder / name).as_posix())
            if "/" not in rule.removesuffix("/"):
                paths.append((folder / "below" / name).as_posix())
    return paths


def test_nothing_that_git_ignores_gets_into_the_image():
    """Keys, databases, passwords, and gigabytes of what was built."""
    ignored = ignored_by_git()
    assert "deploy/container/environment" in ignored
    assert "backend/below/any.pem" in ignored
    left_out = left_out_of_the_image()
    assert not [path for path in ignored if not left_out.fullmatch(path)]


def test_what_the_image_is_built_from_is_not_left_out():
    left_out = left_out_of_the_image()
    for path in ("Cargo.lock", "backend/manage.py", "tests/e2e/Cargo.toml", "src/main.rs"):
        assert (ROOT / path).is_file()
        assert not left_out.fullmatch(path)


def test_a_proxy_gives_a_host_up_before_the_app_gives_the_proxy_up():
    """The app waits 15 s (`RefreshPolicy::request_timeout`): within them another host answers."""
    nginx = (DEPLOY / "nginx/yew-auth.conf").read_text("utf-8")
    connect, read, all_tries = (
        int(re.search(rf"{name} (\d+)s;", nginx)[1])
        for name in ("proxy_connect_timeout", "proxy_read_timeout", "proxy_next_upstream_timeout")
    )
    assert connect + read <= all_tries < 15
    caddy = (DEPLOY / "caddy/Caddyfile").read_text("utf-8")
    assert int(re.search(r"response_header_timeout (\d+)s", caddy)[1]) < 15


def test_a_proxy_closes_an_idle_connection_before_gunicorn_does():
    gunicorn = (BACKEND_DIR / "gunicorn.conf.py").read_text("utf-8")
    kept = int(re.search(r"^keepalive = (\d+)$", gunicorn, re.MULTILINE)[1])
    nginx = (DEPLOY / "nginx/yew-auth.conf").read_text("utf-8")
    caddy = (DEPLOY / "caddy/Caddyfile").read_text("utf-8")
    assert int(re.search(r"keepalive_timeout (\d+)s;", nginx)[1]) < kept
    assert int(re.search(r"\bkeepalive (\d+)s", caddy)[1]) < kept
