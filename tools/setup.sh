#!/bin/sh
# Makes .venv ready with the extras named (see pyproject.toml). Does nothing when it already is.
# Usage: tools/setup.sh EXTRAS          for instance: tools/setup.sh test,check
set -eu
cd "$(dirname "$0")/.."
extras=$1
stamp=.venv/ready   # first line: what it was made from; second line: the extras that are there
state="$(cksum <pyproject.toml) $PWD"

say() { printf '%s\n' "$*"; }
stop() { say "$*" >&2; exit 1; }

there=
if [ -x .venv/bin/python ] && [ "$(sed -n 1p "$stamp" 2>/dev/null)" = "$state" ]; then
  there=$(sed -n 2p "$stamp")
fi
missing=
for extra in $(say "$extras" | tr , ' '); do
  case ",$there," in *",$extra,"*) ;; *) missing=$missing${missing:+,}$extra ;; esac
done
[ -n "$missing" ] || exit 0

find_python() {
  for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      say "$candidate"
      return
    fi
  done
}

if command -v uv >/dev/null; then
  say "Setting up .venv with uv ($missing) ..."
  [ -x .venv/bin/python ] || uv venv --quiet --python '>=3.11' .venv
  uv pip install --quiet --python .venv/bin/python --editable ".[$missing]"
else
  python=$(find_python)
  [ -n "$python" ] || stop "Halfdoor needs Python 3.11 or newer, and found none on the PATH." \
    "Install it (Debian: apt install python3 python3-venv; macOS: brew install python), then run this again."
  say "Setting up .venv with $("$python" --version) ($missing); the first time takes a minute or two ..."
  [ -x .venv/bin/python ] || "$python" -m venv .venv || stop "Python could not make a virtual environment." \
    "On Debian and Ubuntu its venv module is a package of its own: apt install python3-venv."
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --editable ".[$missing]"
fi

say "$state" >"$stamp"
say "$there${there:+,}$missing" >>"$stamp"
say "Ready."
