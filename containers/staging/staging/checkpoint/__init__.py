"""From PyTorch checkpoints to safetensors, without PyTorch and without running what is in them.

with Archive(Path("pytorch_model.bin")) as archive:
    tensors, aliases = separate(archive.tensors, tied=True)
    write(Path("model.safetensors"), tensors, aliases, archive)
"""

from staging.checkpoint.aliases import separate
from staging.checkpoint.archive import Archive
from staging.checkpoint.safetensors import Header, header_of, write
from staging.checkpoint.tensors import Tensor

__all__ = ["Archive", "Header", "Tensor", "header_of", "separate", "write"]
