"""The app's own addresses all get its one page; the app reads the path itself."""

from http import HTTPStatus
from pathlib import PurePosixPath

from django.conf import settings
from whitenoise.middleware import WhiteNoiseMiddleware

from .routes import is_page


class AppMiddleware(WhiteNoiseMiddleware):
    """Sends the page as it does any file: compressed before, and not again to who has it."""

    def __call__(self, request):
        request.get_host()  # raises for a name that is not this server's
        file = self.files.get(request.path_info)
        if file is not None:
            return self.serve(file, request)
        if not may_be_of_the_app(request.path_info):
            return self.get_response(request)
        return self._page(request)

    def _page(self, request):
        """An address that the app does not know gets the page too, which says so to people;
        the status says it to everybody else."""
        response = self.serve(self.files["/"], request)
        if response.status_code == HTTPStatus.OK and not is_page(request.path_info):
            response.status_code = HTTPStatus.NOT_FOUND
        return response


def may_be_of_the_app(path: str) -> bool:
    """Neither an endpoint, nor a file that the build has not."""
    return not path.startswith(settings.SERVER_PATHS) and not PurePosixPath(path).suffix
