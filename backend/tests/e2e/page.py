"""What the end-to-end tests change in the app's page, the same way in every browser.

| variable      | meaning                                                              |
|---------------|----------------------------------------------------------------------|
| `PAGE_SCRIPT` | a file with a script that runs in each page before the page's own     |

`PUT /__e2e__/policy/` with the body `off` turns the content security policy off for the pages
that are loaded afterwards. `POST /__e2e__/errors/` records an error of the page, one a request,
and `GET /__e2e__/errors/` returns all of them. `/api/auth/__e2e__/` is an empty page to which the
browser sends all cookies of a session. It has the app's opener policy, since WebKit's driver
loses a tab that goes back to a page with another one. `/__e2e__/worker.js` is a service worker
for the whole origin that answers where the server cannot be reached.
"""

import base64
import hashlib
import os
import re
from pathlib import Path

from django.http import HttpResponse, JsonResponse

from spa.middleware import may_be_of_the_app

_SCRIPT = "/__e2e__/first.js"
_POLICY = "/__e2e__/policy/"
_ERRORS = "/__e2e__/errors/"
_COOKIES = "/api/auth/__e2e__/"
_WORKER = "/__e2e__/worker.js"
_WORKER_SCRIPT = """
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate") return;
  event.respondWith(fetch(event.request).catch(() => new Response("offline")));
});
"""
_WORKER_HEADERS = {"Service-Worker-Allowed": "/", "Content-Security-Policy": "connect-src 'self'"}
# Browsers want the charset in the first kilobyte, so the script follows it.
_CHARSET = re.compile(rb'<meta charset="?utf-8"?>')
# Without an icon of its own the browser would ask the backend for one.
_EMPTY_PAGE = '<!doctype html><link rel="icon" href="data:,">'
_UNCACHED = {"Cache-Control": "no-store"}
_ALONE = {"Cross-Origin-Opener-Policy": "same-origin"}
_CONDITIONS = ("HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")


class PageMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        path = os.environ.get("PAGE_SCRIPT")
        self.script = Path(path).read_bytes() if path else b""
        self.has_policy = True
        self.errors: list[str] = []

    def __call__(self, request):
        if request.path == _SCRIPT:
            return HttpResponse(self.script, "text/javascript; charset=utf-8", headers=_UNCACHED)
        if request.path == _POLICY:
            self.has_policy = request.body != b"off"
            return HttpResponse(status=204)
        if request.path == _ERRORS:
            if request.method == "POST":
                self.errors.append(request.body.decode())
            return JsonResponse(self.errors, safe=False)
        if request.path == _COOKIES:
            return HttpResponse(_EMPTY_PAGE, headers=_UNCACHED | _ALONE)
        if request.path == _WORKER:
            return HttpResponse(_WORKER_SCRIPT, "text/javascript", headers=_WORKER_HEADERS)
        is_unchanged = self.has_policy and not self.script
        # A probe of the network asks for the page's head alone.
        if is_unchanged or request.method == "HEAD" or not may_be_of_the_app(request.path):
            return self.get_response(request)
        # Neither a compressed page nor a 304, whose page and policy the browser has already.
        for name in _CONDITIONS:
            request.META.pop(name, None)
        return self.changed(self.get_response(request))

    def changed(self, response):
        if not response.get("Content-Type", "").startswith("text/html"):
            return response
        digest = base64.b64encode(hashlib.sha384(self.script).digest()).decode()
        tag = f'<script src="{_SCRIPT}" integrity="sha384-{digest}"></script>'
        page, count = _CHARSET.subn(rb"\g<0>" + tag.encode(), response.getvalue())
        assert count == 1, "the page has no charset, or several"
        # Not `no-store`, which would keep the page out of the back/forward cache.
        headers = {**response.headers, "Cache-Control": "no-cache"}
        changed = HttpResponse(page, status=response.status_code, headers=headers)
        changed["Content-Length"] = str(len(page))
        del changed["ETag"], changed["Last-Modified"]
        if not self.has_policy:
            del changed["Content-Security-Policy"]
        return changed
