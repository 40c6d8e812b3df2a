"""The models service: what it means to create, describe and remove a model."""
