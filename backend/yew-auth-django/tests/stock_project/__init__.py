"""A project as `django-admin startproject` and dj-rest-auth's documentation make it, with
the lines of this package's README and nothing else."""
