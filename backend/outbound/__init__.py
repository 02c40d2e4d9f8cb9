"""Asking other servers, such that a slow one cannot keep this one's threads."""
