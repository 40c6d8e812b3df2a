"""How gateways reach a model: the part of its row that they read. Pure."""
