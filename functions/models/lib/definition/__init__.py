"""What an administrator says of a model: the bodies of the API, and their rules. Pure."""
