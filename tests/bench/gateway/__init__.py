"""The gateway beside its peers: what a request, a chunk and a stream cost, in the same run."""
