"""What the app's page may do."""

from config.security_headers import content_security_policy

APP_POLICY = content_security_policy(
    "script-src 'self' 'wasm-unsafe-eval'",  # the latter lets WebAssembly be compiled
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'none'",  # the app's forms are sent by script
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",  # no string ever becomes code or markup
)
