#!/bin/sh
# Every test on SQLite, then what speaks to a database on PostgreSQL. Side by side they were slower: two cores are full with one of them.
set -u
cd "$(dirname "$0")/.."
unset PYTHONDONTWRITEBYTECODE  # all processes and every command they start read the same files
.venv/bin/pytest -n 2 --dist worksteal "$@"
on_sqlite=$?
echo "Tests on PostgreSQL:"
HALFDOOR_TEST_DATABASE=postgres .venv/bin/pytest -n 2 --dist worksteal src
on_postgresql=$?
exit $((on_sqlite ? on_sqlite : on_postgresql))
