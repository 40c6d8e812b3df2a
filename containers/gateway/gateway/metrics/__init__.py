"""Numbers about the gateway: counted by each worker, told by one process of each replica."""
