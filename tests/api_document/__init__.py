"""What writes functions/api/openapi.json, from the page of routes and the handlers' contracts."""
