"""Brings weights into the models bucket and images into the registry, before a model is created."""
