"""What the provider's pages may do: show themselves, and send their forms."""

import base64
import hashlib
from pathlib import Path

from config.security_headers import content_security_policy

_STYLE = Path(__file__).parent / "templates" / "provider" / "style.css"


def provider_policy(app_origins: list[str]) -> str:
    digest = base64.b64encode(hashlib.sha256(_STYLE.read_bytes()).digest()).decode()
    # Browsers hold a form's answer, the redirect back to the app, against form-action.
    form_targets = " ".join(["'self'", *app_origins])
    return content_security_policy(f"style-src 'sha256-{digest}'", f"form-action {form_targets}")
