#!/bin/sh
# Every test on SQLite, then what speaks to a database on PostgreSQL; with all cores, up to eight. Side by side they were slower.
set -u
cd "$(dirname "$0")/.."
unset PYTHONDONTWRITEBYTECODE  # all processes and every command they start read the same files
.venv/bin/pytest -n logical --maxprocesses 8 --dist worksteal "$@"
on_sqlite=$?
echo "Tests on PostgreSQL:"
HALFDOOR_TEST_DATABASE=postgres .venv/bin/pytest -n logical --maxprocesses 8 --dist worksteal src
on_postgresql=$?
exit $((on_sqlite ? on_sqlite : on_postgresql))
