"""People without usernames, as a Django app."""
