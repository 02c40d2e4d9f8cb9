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
    """A trailing slash leads to the same page."""
    if path == "/":
        return True
    page = path.removesuffix("/")
    provider = page.removeprefix(CALLBACK)
    return page in PAGES - {"/"} or (
        page.startswith(CALLBACK) and bool(provider) and "/" not in provider
    )
