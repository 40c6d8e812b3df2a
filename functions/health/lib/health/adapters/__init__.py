"""Where the checks meet AWS and the network."""
