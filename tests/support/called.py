"""Which operations of AWS a Python function can come to call, by reading the code from its entry.

What is reached is followed by name: a function that is named, a class that is named (its methods
as soon as an attribute of such a name is read anywhere that is reached), a module that is imported.
So composition roots are followed into just the adapters that a handler asks for. It sees at least
what can happen, and a little more: two methods of one name on two classes that are both reached.
"""

import ast
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.called_modules import (
    Definition,
    Method,
    Module,
    Services,
    operation_of,
    parents_of,
    run_of,
)


@dataclass
class Program:
    """Everything that one entry point may reach; `places` are searched for modules in order."""

    places: Sequence[Path]
    operations: set[tuple[str, str]] = field(default_factory=set)
    _modules: dict[str, Module | None] = field(default_factory=dict)
    _done: set[int] = field(default_factory=set)
    # None stands for a method that is handed on without being called.
    _uses: dict[str, list[ast.Call | None]] = field(default_factory=lambda: defaultdict(list))
    _methods: dict[str, list[Method]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, entry: Path, places: Iterable[Path]) -> "Program":
        """The program that begins in the file `entry`, with all that stands in it."""
        program = cls((entry.parent, *places))
        module = Module("app", entry)
        program._modules["app"] = module
        program._visit(module, module.tree, None)
        return program

    def module(self, name: str) -> Module | None:
        if name not in self._modules:
            path = self._file(name)
            self._modules[name] = Module(name, path) if path else None
            if found := self._modules[name]:
                for parent in parents_of(name):
                    self.module(parent)
                self._visit_all(found, found.statements(), None)
        return self._modules[name]

    def _file(self, name: str) -> Path | None:
        parts = name.split(".")
        for place in self.places:
            whole = place.joinpath(*parts)
            for path in (whole.with_suffix(".py"), whole / "__init__.py"):
                if path.is_file():
                    return path
        return None

    def _visit_all(
        self, module: Module, nodes: Iterable[ast.AST], owner: ast.ClassDef | None
    ) -> None:
        for node in nodes:
            self._visit(module, node, owner)

    def _visit(self, module: Module, node: ast.AST, owner: ast.ClassDef | None) -> None:
        """What is run when `node` is run, definitions inside of it too."""
        if id(node) in self._done:
            return
        self._done.add(id(node))
        services = module.services(node, owner)
        calls = {id(part.func): part for part in run_of(node) if isinstance(part, ast.Call)}
        for part in run_of(node):
            match part:
                case ast.Import() | ast.ImportFrom():
                    self._imported(part)
                case ast.Name():
                    self._named(module, part.id)
                case ast.Attribute():
                    self._attribute(module, part, services, calls.get(id(part)))

    def _imported(self, part: ast.Import | ast.ImportFrom) -> None:
        source = part.module if isinstance(part, ast.ImportFrom) else None
        for alias in part.names:
            self.module(source or alias.name)
            if source:
                self.module(f"{source}.{alias.name}")

    def _named(self, module: Module, name: str) -> None:
        found = self._definition(module, name)
        if found is None:
            return
        where, definition = found
        if isinstance(definition, ast.ClassDef):
            self._made(where, definition)
        else:
            self._visit(where, definition, None)

    def _definition(self, module: Module, name: str) -> tuple[Module, Definition] | None:
        if name in module.definitions:
            return module, module.definitions[name]
        if name not in module.imported:
            return None
        source, original = module.imported[name]
        there = self.module(source)
        return self._definition(there, original) if there else None

    def _made(self, module: Module, made: ast.ClassDef) -> None:
        if id(made) in self._done:
            return
        self._done.add(id(made))
        self._visit_all(module, [*made.decorator_list, *made.bases], None)
        for one in made.body:
            if not isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef):
                self._visit(module, one, made)
                continue
            method = Method(module, one, made)
            used = self._uses[one.name]
            if one.name.startswith("__") or any(map(method.takes, used)):
                self._visit(module, one, made)
            else:
                self._methods[one.name].append(method)

    def _attribute(
        self,
        module: Module,
        part: ast.Attribute,
        services: Services,
        call: ast.Call | None,
    ) -> None:
        if service := services.of(part.value):
            if operation := operation_of(part.attr, call):
                self.operations.add((service, operation))
            return
        if isinstance(part.value, ast.Name) and (there := self._alias(module, part.value.id)):
            self._named(there, part.attr)
            return
        self._uses[part.attr].append(call)
        waiting = self._methods[part.attr]
        reached = [one for one in waiting if one.takes(call)]
        self._methods[part.attr] = [one for one in waiting if one not in reached]
        for one in reached:
            self._visit(one.module, one.node, one.owner)

    def _alias(self, module: Module, name: str) -> Module | None:
        """The module that a name stands for, as after `from sessions.adapters import items`."""
        if name not in module.imported:
            return None
        source, original = module.imported[name]
        return self.module(f"{source}.{original}" if original else source)
