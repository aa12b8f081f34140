"""Ways of writing that open holes elsewhere are not used here: what is typed becomes no pattern, format or script."""

import ast
import math
import random
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.forms import ModelForm
from django.middleware.csrf import _get_new_csrf_string
from django.urls import get_resolver

from halfdoor.service.accounts import factors
from halfdoor.service.core.audience import Audience, audience_of
from halfdoor.service.core.keys import Key
from halfdoor.service.core.session_rows import SessionStore
from halfdoor.service.core.starting import demo_secret, secret_file
from tests.house.test_audiences import addresses
from tests.house.tree import SERVICE, SOURCE, files, modules, parsed

Guard = Callable[[Path], Iterator[str]]

_PATTERNS = frozenset({"compile", "match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer"})
_GUESSABLE = re.compile(r"^(random(\.\w+)?|uuid\.(uuid1|uuid3|uuid5))$")
_SECRETS = re.compile(r"(digest|signature|secret|password|token|mac)$")
_SCRIPT = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|__proto__"
                     r"|Object\.assign|\w\[[^\]'\"]+\]\s*=(?!=)")  # fmt: skip
_LINK = re.compile(r"""\s(?:href|src|action|formaction)=["'](?!\{|/|\?|\#|\./)(?P<to>[^"']+)""")
_WRITES = re.compile(r"FileHandler|WatchedFile|SysLogHandler|SocketHandler|HTTPHandler|SMTPHandler|sentry|basicConfig")


def ours(source: Path) -> Iterator[Path]:
    return (path for path in modules(source) if "tests" not in path.parts)


def typed_patterns(source: Path) -> Iterator[str]:
    """Yield patterns put together from something that was not escaped, unless it is a constant of ours."""
    for path in ours(source):
        for node in ast.walk(parsed(path)):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=how), args=[pattern, *_]):
                    if how in _PATTERNS and not _is_ours(pattern):
                        yield f"{path.name}: {ast.unparse(pattern)}"


def _is_ours(node: ast.expr) -> bool:
    match node:
        case ast.Constant() | ast.Name():
            return not isinstance(node, ast.Name) or node.id.lstrip("_").isupper() or node.id == "begins"
        case ast.JoinedStr(values=values):
            return all(_is_ours(one.value) if isinstance(one, ast.FormattedValue) else True for one in values)
        case ast.Call(func=ast.Attribute(attr="escape" | "join")) | ast.Attribute(attr="pattern"):
            return True
        case ast.BinOp(left=left, right=right):
            return _is_ours(left) and _is_ours(right)
    return False


def typed_formats(source: Path) -> Iterator[str]:
    """Yield formats that are neither written out nor a constant nor a translation."""
    for path in ours(source):
        for node in ast.walk(parsed(path)):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Constant() | ast.Name(), attr="format" | "format_map")):
                    shown = node.func.value  # type: ignore[attr-defined]
                    if isinstance(shown, ast.Name) and not (shown.id.lstrip("_").isupper() or shown.id == "kept"):
                        yield f"{path.name}: {shown.id}"
                case ast.Call(func=ast.Attribute(attr="format" | "format_map", value=value)):
                    yield f"{path.name}: {ast.unparse(value)}"


def guessable(source: Path) -> Iterator[str]:
    """Yield what is drawn otherwise than from the system's own source of randomness."""
    for path in ours(source):
        for node in ast.walk(parsed(path)):
            match node:
                case ast.Import(names=names):
                    named = [alias.name for alias in names]
                case ast.ImportFrom(module=str(module), names=names):
                    named = [module, *(f"{module}.{alias.name}" for alias in names)]
                case ast.Attribute(value=ast.Name(id=module), attr=attribute):
                    named = [f"{module}.{attribute}"]
                case _:
                    continue
            yield from (f"{path.name}: {one}" for one in named if _GUESSABLE.match(one))


def compared_letter_by_letter(source: Path) -> Iterator[str]:
    """Yield secrets that are compared with ``==``, which stops at the first letter that differs."""
    for path in ours(source):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq):
                sides = [ast.unparse(one).removesuffix("()") for one in (node.left, *node.comparators)]
                if any(_SECRETS.search(one) for one in sides) and "''" not in sides:
                    yield f"{path.name}: {ast.unparse(node)}"


def scripts(source: Path) -> Iterator[str]:
    """Yield scripts that make markup or code of a text, or name a property by something that came from elsewhere."""
    for path in files(source, "*.js"):
        if "htmx" not in path.name:
            yield from (f"{path.name}: {found[0]}" for found in _SCRIPT.finditer(path.read_text("utf-8")))


def links_by_hand(source: Path) -> Iterator[str]:
    """Yield links that neither are written by a tag or a variable nor begin here: javascript:, data: and the like."""
    for path in files(source, "*.html"):
        yield from (f"{path.name}: {found['to']}" for found in _LINK.finditer(path.read_text("utf-8")))


def other_logs(source: Path) -> Iterator[str]:
    """Yield places where a log could go beside standard error."""
    for path in ours(source):
        yield from (f"{path.name}: {found[0]}" for found in _WRITES.finditer(path.read_text("utf-8")))


def forms_by_themselves(source: Path) -> Iterator[str]:
    """Yield rows that are filled from whatever a form happened to hold."""
    for path in ours(source):
        for node in ast.walk(parsed(path)):
            match node:
                case ast.keyword(arg=None, value=ast.Attribute(attr="POST" | "GET")) | ast.Name(id="ModelForm"):
                    yield f"{path.name}: {ast.unparse(node)}"
                case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="POST"), attr="dict")):
                    yield f"{path.name}: {ast.unparse(node)}"


GUARDS: list[tuple[Guard, str, str]] = [
    (typed_patterns, "search.py", "found = re.search(typed, text)"),
    (typed_patterns, "search.py", "found = re.compile(f'^{typed}$')"),
    (typed_formats, "words.py", "said = typed.format(name)"),
    (typed_formats, "words.py", "said = request.POST['x'].format(name)"),
    (guessable, "codes.py", "import random"),
    (guessable, "codes.py", "from random import choice"),
    (guessable, "codes.py", "import uuid\nkey = uuid.uuid1()"),
    (compared_letter_by_letter, "codes.py", "ok = row.digest == given"),
    (compared_letter_by_letter, "codes.py", "ok = mac.hexdigest() != given"),
    (scripts, "open.js", "place.innerHTML = words;"),
    (scripts, "open.js", "found[event.data.key] = value;"),
    (links_by_hand, "page.html", '<a href="javascript:alert(1)">x</a>'),
    (links_by_hand, "page.html", '<img src="data:image/png;base64,x">'),
    (other_logs, "logs.py", "handler = logging.FileHandler('x')"),
    (forms_by_themselves, "views.py", "row = Note(**request.POST)"),
    (forms_by_themselves, "forms.py", "class F(ModelForm): pass"),
    (forms_by_themselves, "views.py", "Note.objects.create(**request.POST.dict())"),
]


@pytest.mark.parametrize("guard", sorted({guard for guard, *_ in GUARDS}, key=lambda guard: guard.__name__))
def test_it_is_written_nowhere(guard: Guard) -> None:
    assert list(guard(SERVICE)) == []
    assert guard is links_by_hand or list(guard(SOURCE)) == []


@pytest.mark.parametrize(("guard", "name", "text"), GUARDS)
def test_where_it_is_written_it_is_found(guard: Guard, name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    assert len(list(guard(tmp_path))) >= 1


def test_no_form_fills_a_row_by_itself() -> None:
    assert [one for one in ModelForm.__subclasses__() if one.__module__.startswith("halfdoor.")] == []


def test_what_a_stranger_reaches_is_on_this_list_and_nothing_else_is() -> None:
    doors = ("staff", "family", "me")
    below = ("sign-in/", "come-in/", "sign-out/", "sign-in/step/", "sign-in/passkey/", "language/")
    every = addresses(get_resolver().url_patterns)
    reached = {route for route, one in every if Audience.PUBLIC in audience_of(one.callback)}
    assert reached == {
        "/",
        "/health/",
        "/gallery/",
        "/reports/csp/",
        "/demo/sign-in/<uuid:account_id>/",
        "/language/",
        "/family/leave/",
        "/me/leave/",
    } | {f"/{door}/{one}" for door in doors for one in below}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("draws", "signs"),
    [
        (SessionStore()._get_new_session_key, 36),
        (_get_new_csrf_string, 62),
        (factors.new_secret, 32),
        (lambda: demo_secret(Path(tempfile.mkdtemp())), 16),
        (lambda: Key(uuid4(), secret_file(Path(tempfile.mkdtemp()) / "key")).secret.hex(), 16),
    ],
)
def test_what_nobody_may_guess_has_128_bits_at_least(draws: Callable[[], str], signs: int) -> None:
    drawn = set()
    for _ in range(3):
        random.seed(7)
        drawn.add(draws())
    assert len(drawn) == 3, "it comes from the system, not from a generator that can be begun again"
    assert min(len(one) * math.log2(signs) for one in drawn) >= 128
