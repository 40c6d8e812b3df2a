"""One module of a program, and what its names, methods and clients of AWS are."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.sources import tree

type Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

_SIGNED = {"generate_presigned_post": "put_object"}
# A client that an adapter is given is a field of its service's name.
FIELDS = {"dynamo": "dynamodb", "elbv2": "elbv2", "events": "events", "s3": "s3", "sqs": "sqs"}
_NOT_CALLS = frozenset({"exceptions", "meta"})


def operation_of(name: str, call: ast.Call | None) -> str | None:
    """What an attribute of a client asks for, named as boto3 names it."""
    if name in ("get_paginator", "generate_presigned_url"):
        named = call.args[0] if call and call.args else None
        return str(named.value) if isinstance(named, ast.Constant) else None
    return None if name in _NOT_CALLS else _SIGNED.get(name, name)


@dataclass(frozen=True, eq=False)
class Method:
    module: "Module"
    node: ast.FunctionDef | ast.AsyncFunctionDef
    owner: ast.ClassDef

    def takes(self, call: ast.Call | None) -> bool:
        """Whether a call may mean this method: by how many values it gives, and of what kind."""
        if call is None or any(isinstance(one, ast.Starred) for one in call.args):
            return True
        static = any(ast.unparse(one) == "staticmethod" for one in self.node.decorator_list)
        known = self.node.args
        taken = [*known.posonlyargs, *known.args][0 if static else 1 :]
        names = {one.arg for one in [*taken, *known.kwonlyargs]}
        given = {one.arg for one in call.keywords}
        if None in given:
            return True
        if not (known.kwarg or given <= names):
            return False
        required = len(taken) - len(known.defaults)
        by_name = len(given & {one.arg for one in taken})
        if len(call.args) + by_name < required or (
            len(call.args) > len(taken) and not known.vararg
        ):
            return False
        return all(map(_may_be, call.args, taken))


def _may_be(given: ast.expr, parameter: ast.arg) -> bool:
    """A text is no `Model`; of everything but plain values the kind is not known."""
    if not isinstance(given, ast.Constant | ast.JoinedStr) or parameter.annotation is None:
        return True
    kind = "str" if isinstance(given, ast.JoinedStr) else type(given.value).__name__
    said = ast.unparse(parameter.annotation)
    plain = ("str", "int", "float", "bool", "bytes", "None")
    return kind in said or not (said[:1].isupper() or any(one in said for one in plain))


@dataclass(frozen=True)
class Services:
    """Which names of a scope are clients of which service."""

    names: dict[str, str] = field(default_factory=dict)
    makers: set[str] = field(default_factory=lambda: {"client"})

    def of(self, node: ast.AST) -> str | None:
        match node:
            case ast.Call(
                func=ast.Name(id=maker) | ast.Attribute(attr=maker),
                args=[ast.Constant(value=str(service)), *_],
            ) if maker in self.makers:
                return service
            case ast.Name(id=name):
                return self.names.get(name)
            case ast.Attribute(value=ast.Name(id="self"), attr=name):
                return self.names.get(f"self.{name}")
        return None


@dataclass
class Module:
    name: str
    path: Path

    def __post_init__(self) -> None:
        self.tree = tree(self.path)
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        self.definitions = {one.name: one for one in self.tree.body if isinstance(one, kinds)}
        self.imported: dict[str, tuple[str, str]] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    self.imported[alias.asname or alias.name] = (alias.name, "")
            if isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    self.imported[alias.asname or alias.name] = (node.module, alias.name)

    def statements(self) -> list[ast.AST]:
        """What runs when the module is imported, but for what only type checkers read."""
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        return [one for one in self.tree.body if not isinstance(one, kinds)]

    def services(self, node: ast.AST, owner: ast.ClassDef | None) -> Services:
        known = Services()
        for field_ in owner.body if owner else []:
            if isinstance(field_, ast.AnnAssign) and (name := ast.unparse(field_.target)) in FIELDS:
                known.names[f"self.{name}"] = FIELDS[name]
        for scope in filter(None, (owner, node)):
            for part in ast.walk(scope):
                if isinstance(part, ast.Assign | ast.AnnAssign) and part.value:
                    targets = part.targets if isinstance(part, ast.Assign) else [part.target]
                    names = [ast.unparse(target) for target in targets]
                    if service := known.of(part.value):
                        known.names.update(dict.fromkeys(names, service))
                    if ast.unparse(part.value) == "boto3.client":
                        known.makers.update(names)
        return known


def run_of(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node that run: no annotations, and no imports for type checkers alone."""
    yield node
    if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
        return
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "type_params"):
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, ast.AST):
                yield from run_of(one)


def parents_of(name: str) -> Iterator[str]:
    while "." in name:
        name = name.rpartition(".")[0]
        yield name
