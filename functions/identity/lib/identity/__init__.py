"""Who is calling: sign-in tokens, API tokens, and the door of the REST API."""
