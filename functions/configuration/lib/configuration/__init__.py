"""What administrators set for everybody, in versions."""
