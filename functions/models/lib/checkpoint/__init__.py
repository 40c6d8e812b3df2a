"""What a folder of weights holds, read by ranges and never trusted. Pure: knows no server."""
