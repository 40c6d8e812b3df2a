"""The only place of this service that knows AWS, databases and the gateway."""
