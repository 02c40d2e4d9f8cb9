"""The app's own addresses all get its one page; the app reads the path itself."""

from pathlib import PurePosixPath

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from .caching import NO_CACHE


@require_safe
def page(request, path):
    if path.startswith("api/") or PurePosixPath(path).suffix:
        raise Http404  # an unknown endpoint, or a file the build has not
    response = HttpResponse((settings.SPA_DIST / "index.html").read_bytes())
    response["Cache-Control"] = NO_CACHE
    return response
