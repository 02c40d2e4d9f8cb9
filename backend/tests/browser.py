"""A browser without a browser: one jar of cookies, and pages that each show a session."""

from tests.conftest import Api
from tests.cookies import NOBODY, cookie_name, from_the_app


class Browser(Api):
    """Keeps cookies as they are set, and sends those of a path with each request of a page."""

    def __init__(self, jar: dict | None = None, **options):
        super().__init__(**options)
        self.jar: dict[str, tuple[str, str]] = {} if jar is None else jar
        self.shows = NOBODY

    def tab(self, shows: str | None = None) -> "Browser":
        """Another page, of the same browser."""
        tab = Browser(self.jar)
        tab.shows = shows or self.shows
        return tab

    def copy(self) -> "Browser":
        """Another browser, with the same cookies as of now."""
        copy = Browser(dict(self.jar))
        copy.shows = self.shows
        return copy

    def call(self, method, path, body=None, token=None, **headers):
        self.cookies.clear()
        self.cookies.load(
            {name: value for name, (value, below) in self.jar.items() if within(path, below)}
        )
        answer = super().call(method, path, body, token, **from_the_app(headers, self.shows))
        self.keep(answer)
        return answer

    def plain(self, path: str, **headers):
        """What the browser asks for by itself: an image, a link that is followed."""
        self.cookies.clear()
        self.cookies.load(
            {name: value for name, (value, below) in self.jar.items() if within(path, below)}
        )
        answer = super().call("GET", path, **headers)
        self.keep(answer)
        return answer

    def keep(self, answer) -> None:
        for name, morsel in answer.cookies.items():
            if morsel["max-age"] == 0:
                self.jar.pop(name, None)
            else:
                self.jar[name] = (morsel.value, morsel["path"])

    def sign_in(self, name="ada", **options) -> str:
        """The session, which the page shows from now on."""
        self.shows = super().sign_in(name, **options)["session_id"]
        return self.shows

    def refresh(self):
        return self.send("auth/token/refresh/")

    def sign_out(self):
        return self.send("auth/logout/")

    def mine(self) -> list[dict]:
        answer = self.fetch("auth/sessions/mine/")
        assert answer.status_code == 200, answer.content
        return answer.json()["sessions"]

    def who(self) -> str | None:
        """The name that this page is shown, if any."""
        answer = self.fetch("auth/user/")
        return answer.json()["username"] if answer.status_code == 200 else None

    def token(self, kind: str, session: str | None = None) -> str:
        return self.jar[cookie_name(kind, session or self.shows)][0]

    def put(self, kind: str, token: str, session: str | None = None) -> None:
        path = "/api/" if kind == "access" else "/api/auth/"
        self.jar[cookie_name(kind, session or self.shows)] = (token, path)

    def sessions_held(self) -> set[str]:
        return {name.partition(".")[2] for name in self.jar}


def within(path: str, below: str) -> bool:
    return f"/api/{path}".startswith(below)
