"""Reads the pickle of a checkpoint as data: no name in it is imported, nothing in it is called.

torch.save writes a small part of pickle's language. That part is interpreted here, one opcode after
the other; whatever else a file contains is refused. What opcodes mean: see Python's pickletools.
"""

import pickletools
from collections.abc import Callable
from typing import Any

from staging.checkpoint.tensors import BY_STORAGE, BY_TORCH_NAME, DType, Storage, Tensor
from staging.faults import CheckpointRefused

_MOST_DIMENSIONS = 16
_CONSTANTS = {"NONE": None, "NEWTRUE": True, "NEWFALSE": False}
_LITERALS = {
    *("BININT", "BININT1", "BININT2", "LONG1", "BINFLOAT", "BINUNICODE", "SHORT_BINUNICODE"),
    *("BINSTRING", "SHORT_BINSTRING"),
}
_EMPTY: dict[str, Callable[[], object]] = {
    "EMPTY_DICT": dict,
    "EMPTY_LIST": list,
    "EMPTY_TUPLE": tuple,
}
_TUPLES = {"TUPLE1": 1, "TUPLE2": 2, "TUPLE3": 3}


class _Name(str):
    """A name that the pickle would have imported."""


class _Mark:
    """Where a group of values begins on the stack."""


def read_state(pickled: bytes) -> object:
    """Build the dictionaries, lists and tensors that a checkpoint's pickle describes.

    Raises CheckpointRefused for what is no part of a saved state, and for what is broken.
    """
    machine = _Machine()
    try:
        for opcode, argument, _ in pickletools.genops(pickled):
            machine.obey(opcode.name, argument)
    # What a malformed file makes of a stack machine: too few values, or values of another kind.
    except (ValueError, TypeError, IndexError, KeyError, AttributeError, OverflowError) as error:
        raise _refusal(f"its pickle is malformed ({type(error).__name__}: {error})") from error
    return machine.result


class _Machine:
    def __init__(self) -> None:
        self.result: object = None
        self._stack: list[Any] = []
        self._memo: dict[int, object] = {}

    def obey(self, name: str, argument: Any) -> None:
        if name in _LITERALS:
            self._stack.append(argument)
        elif name in _CONSTANTS:
            self._stack.append(_CONSTANTS[name])
        elif name in _EMPTY:
            self._stack.append(_EMPTY[name]())
        elif name in _TUPLES:
            self._stack.append(tuple(self._last(_TUPLES[name])))
        elif name in _ORDERS:
            _ORDERS[name](self, argument)
        else:
            raise _refusal(f"its pickle uses {name}, which no saved state needs")

    def ignore(self, _: Any) -> None:
        """The version of the protocol changes nothing about the rest."""

    def stop(self, _: Any) -> None:
        self.result = self._stack.pop()

    def mark(self, _: Any) -> None:
        self._stack.append(_Mark())

    def name(self, argument: str) -> None:
        self._stack.append(_Name(argument.replace(" ", ".")))

    def put(self, argument: int) -> None:
        self._memo[argument] = self._stack[-1]

    def get(self, argument: int) -> None:
        self._stack.append(self._memo[argument])

    def tuple(self, _: Any) -> None:
        self._stack.append(tuple(self._since_mark()))

    def append(self, _: Any) -> None:
        (value,) = self._last(1)
        self._top(list).append(value)

    def appends(self, _: Any) -> None:
        values = self._since_mark()
        self._top(list).extend(values)

    def set_item(self, _: Any) -> None:
        self._set(self._last(2))

    def set_items(self, _: Any) -> None:
        self._set(self._since_mark())

    def build(self, _: Any) -> None:
        # A state dictionary carries `_metadata`, versions of modules: nothing that a server reads.
        self._stack.pop()
        self._top(dict)

    def storage(self, _: Any) -> None:
        (given,) = self._last(1)
        kind, name, key, _location, _count = given
        if kind != "storage" or not isinstance(name, _Name) or not isinstance(key, str):
            raise _refusal("it refers to something that is no storage")
        self._stack.append(Storage(key, _storage_type(name)))

    def call(self, _: Any) -> None:
        name, arguments = self._last(2)
        build = _BUILDERS.get(name) if isinstance(name, _Name) else None
        if build is None:
            raise _refusal(f"loading it would call {_shown(name)}")
        self._stack.append(build(*arguments))

    def _last(self, count: int) -> list[Any]:
        values = self._stack[-count:]
        if len(values) < count:
            raise IndexError("too few values")
        del self._stack[-count:]
        return values

    def _since_mark(self) -> list[Any]:
        values: list[Any] = []
        while not isinstance(self._stack[-1], _Mark):
            values.append(self._stack.pop())
        self._stack.pop()
        return values[::-1]

    def _set(self, values: list[Any]) -> None:
        # Other keys may be nested so deep that hashing one never ends.
        if not all(isinstance(key, str | int) for key in values[::2]):
            raise _refusal("a dictionary in it has keys that are no names")
        self._top(dict).update(zip(values[::2], values[1::2], strict=True))

    def _top(self, kind: type[Any]) -> Any:
        if not isinstance(self._stack[-1], kind):
            raise _refusal("it changes a value that it has not made")
        return self._stack[-1]


_ORDERS: dict[str, Callable[[_Machine, Any], None]] = {
    "PROTO": _Machine.ignore,
    "STOP": _Machine.stop,
    "MARK": _Machine.mark,
    "GLOBAL": _Machine.name,
    "BINPUT": _Machine.put,
    "LONG_BINPUT": _Machine.put,
    "BINGET": _Machine.get,
    "LONG_BINGET": _Machine.get,
    "TUPLE": _Machine.tuple,
    "APPEND": _Machine.append,
    "APPENDS": _Machine.appends,
    "SETITEM": _Machine.set_item,
    "SETITEMS": _Machine.set_items,
    "BUILD": _Machine.build,
    "BINPERSID": _Machine.storage,
    "REDUCE": _Machine.call,
}


def _ordered(*pairs: Any) -> dict[Any, Any]:
    if pairs:
        raise _refusal("it makes an ordered dictionary in a way that torch.save does not")
    return {}


def _tensor(storage: Any, offset: Any, shape: Any, stride: Any, *rest: Any) -> Tensor:
    # What follows: whether gradients are kept, hooks, and flags of views (`rest`).
    if not isinstance(storage, Storage) or storage.dtype is None:
        raise _refusal("a tensor has no storage of a known type")
    return _checked(storage.key, storage.dtype, offset, shape, stride)


def _typed_tensor(
    storage: Any,
    offset: Any,
    shape: Any,
    stride: Any,
    *rest: Any,  # gradients, hooks, dtype
) -> Tensor:
    name = rest[2] if len(rest) > 2 and isinstance(rest[2], _Name) else ""
    dtype = BY_TORCH_NAME.get(name.removeprefix("torch."))
    if not isinstance(storage, Storage) or dtype is None:
        raise _refusal(f"a tensor is of the type {_shown(name)}, which safetensors has not")
    return _checked(storage.key, dtype, offset, shape, stride)


def _parameter(tensor: Any, *_: Any) -> Tensor:
    if not isinstance(tensor, Tensor):
        raise _refusal("a parameter is no tensor")
    return tensor


_BUILDERS: dict[str, Callable[..., object]] = {
    "collections.OrderedDict": _ordered,
    "torch._utils._rebuild_tensor_v2": _tensor,
    "torch._utils._rebuild_tensor_v3": _typed_tensor,
    "torch._utils._rebuild_parameter": _parameter,
}


def _checked(key: str, dtype: DType, offset: Any, shape: Any, stride: Any) -> Tensor:
    numbers = [offset, *shape, *stride]
    plain = all(type(number) is int and number >= 0 for number in numbers)
    if not plain or len(shape) != len(stride) or len(shape) > _MOST_DIMENSIONS:
        raise _refusal("a tensor's shape is not one")
    return Tensor(key, dtype, offset, tuple(shape), tuple(stride))


def _storage_type(name: str) -> DType | None:
    if name == "torch.storage.UntypedStorage":
        return None
    dtype = BY_STORAGE.get(name.removeprefix("torch."))
    if dtype is None:
        raise _refusal(f"it stores numbers as {_shown(name)}, which safetensors has not")
    return dtype


def _shown(value: object) -> str:
    return value[:120] if isinstance(value, str) and value else "something without a name"


def _refusal(why: str) -> CheckpointRefused:
    return CheckpointRefused(
        f"The checkpoint is not plain weights: {why}.",
        "Nothing in it was run. Ask its makers for safetensors, or convert it in a place where its "
        "code may run, then put the result into models/<org>/<name>.",
    )
