"""The only place of this service that knows AWS."""
