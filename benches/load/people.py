"""Who asks for what: the same for the product and for what it is compared with."""

PASSWORD = "a password of the load"


def name_of(number: int) -> str:
    return f"load-{number}"


def posts_of(count: int):
    """Of the length of the bundled ones."""
    for number in range(1, count + 1):
        yield {
            "id": number,
            "user_id": number % 10 + 1,
            "title": f"Post {number}: what happened, and what is to be done",
            "body": f"Paragraph {number} says what has happened since. " * 4,
        }
