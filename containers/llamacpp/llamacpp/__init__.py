"""The inference container `llamacpp`: small models on CPU instances, without a GPU."""

import os

# Read once, when llama.cpp loads OpenMP, whose threads otherwise wait for each other in busy
# loops, which on a shared machine was measured to make a small model 35 times slower.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
