"""The app's pages, as its own router (src/route.rs) has them; tests/test_routes.py compares."""

PAGES = frozenset(
    {
        "/",
        "/sign-in",
        "/register",
        "/password/forgotten",
        "/password/reset",
        "/account",
        "/posts",
        "/session",
    }
)
# Each identity provider has an address of its own below it.
CALLBACK = "/auth/callback/"


def is_page(path: str) -> bool:
    provider = path.removeprefix(CALLBACK)
    return path in PAGES or (path.startswith(CALLBACK) and bool(provider) and "/" not in provider)
