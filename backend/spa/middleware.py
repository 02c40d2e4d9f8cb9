"""The app's own addresses all get its one page; the app reads the path itself."""

from pathlib import PurePosixPath

from whitenoise.middleware import WhiteNoiseMiddleware


class AppMiddleware(WhiteNoiseMiddleware):
    """Sends the page as it does any file: compressed before, and not again to who has it."""

    def __call__(self, request):
        file = self.files.get(request.path_info)
        if file is None and may_be_of_the_app(request.path_info):
            file = self.files["/"]
        return self.get_response(request) if file is None else self.serve(file, request)


def may_be_of_the_app(path: str) -> bool:
    """Neither an endpoint, nor a file that the build has not."""
    return not path.startswith("/api/") and not PurePosixPath(path).suffix
