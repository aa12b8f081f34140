"""
Small breaks of a module's functions, one at a time, each as code that can stand in a function's place.

What stands outside of functions (constants, fields, tables) is not broken here, nor are sentences and annotations.
"""

import ast
import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

_OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_REVERSED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
_TWINS = {"any": "all", "all": "any", "min": "max", "max": "min"}
_NAME = re.compile(r"[\w.:/-]{1,30}")
_WORDS = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}
"""What stands within a call of these is a sentence."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Break:
    """One break: where it stands, and what became what."""

    file: Path
    function: str
    line: int
    says: str
    whole: ast.Module
    path: "Path_"
    changed: ast.AST

    @property
    def name(self) -> str:
        return f"{self.file.stem}.{self.function}:{self.line}: {self.says}"

    def code(self) -> CodeType:
        """Return the whole module, broken."""
        tree = copy.deepcopy(self.whole)
        _put(tree, self.path, self.changed)
        return compile(ast.fix_missing_locations(tree), str(self.file), "exec")


def breaks_of(file: Path) -> Iterator[Break]:
    """Yield every break of a module."""
    whole = ast.parse(file.read_text(encoding="utf-8"))
    places = [place for function in _functions(whole.body, ()) for place in _places(*function)]
    for path, function, line in places:
        here = _at(whole, path)
        for says, changed in _changes(here):
            yield Break(file, function, line, says, whole, path, changed)


def codes_of(code: CodeType) -> dict[tuple[str, int], CodeType]:
    """Return every function's code within a module's, by its name and line."""
    found = {(code.co_qualname, code.co_firstlineno): code}
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            found |= codes_of(inner)
    return found


Path_ = tuple[tuple[str, int], ...]
"""The way from a module to a node of it: the names of fields, each with a place in the list it holds, or -1."""


def _functions(body: list[ast.stmt], path: Path_, within: str = "") -> Iterator[tuple[Function, Path_, str]]:
    for place, node in enumerate(body):
        here: Path_ = (*path, ("body", place))
        if isinstance(node, ast.ClassDef):
            yield from _functions(node.body, here, f"{within}{node.name}.")
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name != "__repr__":
            yield node, here, f"{within}{node.name}"


def named(tree: ast.Module) -> Iterator[tuple[str, Function]]:
    """Yield each function of a module that stands in it or in a class, with its name."""
    for function, _, name in _functions(tree.body, ()):
        yield name, function


def _places(function: Function, path: Path_, name: str) -> Iterator[tuple[Path_, str, int]]:
    for place, statement in enumerate(function.body):
        docstring = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        if not docstring:
            yield from _within(statement, (*path, ("body", place)), name, statement.lineno)


def _within(node: ast.AST, path: Path_, name: str, line: int) -> Iterator[tuple[Path_, str, int]]:
    line = getattr(node, "lineno", line)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _WORDS:
        return
    if isinstance(node, ast.JoinedStr):
        return
    yield path, name, line
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "type_params", "decorator_list", "exc", "msg"):
            continue
        if isinstance(value, list):
            for place, item in enumerate(value):
                if isinstance(item, ast.AST):
                    yield from _within(item, (*path, (field, place)), name, line)
        elif isinstance(value, ast.AST):
            yield from _within(value, (*path, (field, -1)), name, line)


def _at(tree: ast.AST, path: Path_) -> ast.AST:
    for field, place in path:
        value = getattr(tree, field)
        tree = value if place < 0 else value[place]
    return tree


def _put(tree: ast.AST, path: Path_, changed: ast.AST) -> None:
    holder = _at(tree, path[:-1])
    field, place = path[-1]
    old = _at(holder, path[-1:])
    ast.copy_location(changed, old)
    if place < 0:
        setattr(holder, field, changed)
    else:
        getattr(holder, field)[place] = changed


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Yield each way to break a node: what to say of it, and what stands there instead."""
    was = ast.unparse(node) if isinstance(node, ast.expr | ast.stmt) else ""
    new: ast.AST
    match node:
        case ast.Compare(ops=[op, *_]) if type(op) in _OPPOSITE:
            new = copy.deepcopy(node)
            new.ops[0] = _OPPOSITE[type(op)]()
            yield f"{was} -> {ast.unparse(new)}", new
        case ast.BoolOp(op=op):
            new = copy.deepcopy(node)
            new.op = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield f"{was} -> {ast.unparse(new)}", new
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield f"{was} -> {ast.unparse(operand)}", copy.deepcopy(operand)
        case ast.BinOp(op=op) if type(op) in _REVERSED:
            new = copy.deepcopy(node)
            new.op = _REVERSED[type(op)]()
            yield f"{was} -> {ast.unparse(new)}", new
        case ast.Constant(value=bool(value)):
            yield f"{was} -> {not value}", ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield f"{was} -> {value + 1}", ast.Constant(value + 1)
        case ast.Constant(value=str(value)) if _NAME.fullmatch(value):
            yield f"{was} -> {value + '_'!r}", ast.Constant(value + "_")
        case ast.Call(func=ast.Name(id=called)) if called in _TWINS:
            new = copy.deepcopy(node)
            new.func = ast.Name(_TWINS[called], ast.Load())
            yield f"{was} -> {ast.unparse(new)}", new
        case _:
            yield from _changed_steps(node, was)


def _changed_steps(node: ast.AST, was: str) -> Iterator[tuple[str, ast.AST]]:
    """Yield the same of what a function does rather than what it says."""
    new: ast.AST
    match node:
        case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield f"{was} -> return None", ast.Return(ast.Constant(None))
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            for truth in (True, False):
                if not (isinstance(node, ast.While) and truth):
                    new = copy.deepcopy(node)
                    new.test = ast.Constant(truth)
                    yield f"if {ast.unparse(test)} -> {truth}", new
        case ast.comprehension(ifs=[_, *_]):
            new = copy.deepcopy(node)
            new.ifs = node.ifs[1:]
            yield f"if {ast.unparse(node.ifs[0])} -> gone", new
        case ast.Expr(value=ast.Call()) | ast.Raise() | ast.AugAssign() | ast.Delete():
            yield f"{was} -> gone", ast.Pass()
