"""What a browser adds to a request of the app, and what it keeps of an answer."""

APP = "http://127.0.0.1:8080"


def from_the_app(headers: dict | None = None) -> dict:
    return {"Origin": APP, "Sec-Fetch-Site": "same-origin", "X-CSRF": "1", **(headers or {})}


def tokens_in(answer) -> dict[str, str]:
    """The tokens an answer sets as cookies, under the names that a body has for them."""
    return {
        name.removesuffix("_token"): morsel.value
        for name, morsel in answer.cookies.items()
        if morsel.value
    }
