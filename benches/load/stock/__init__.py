"""dj-rest-auth without the product."""
