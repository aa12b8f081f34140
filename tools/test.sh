#!/bin/sh
# Every test on SQLite and, beside it, what speaks to a database on PostgreSQL: each waits often enough for the other to go on.
set -u
cd "$(dirname "$0")/.."
mkdir -p build
unset PYTHONDONTWRITEBYTECODE  # six processes and every command they start read the same files
HALFDOOR_TEST_DATABASE=postgres .venv/bin/pytest -n 2 --dist worksteal src >build/tests-on-postgresql.txt 2>&1 &
beside=$!
trap 'kill $beside 2>/dev/null' INT TERM
.venv/bin/pytest -n 2 --dist worksteal
on_sqlite=$?
wait $beside
on_postgresql=$?
echo "Tests on PostgreSQL:"
cat build/tests-on-postgresql.txt
exit $((on_sqlite ? on_sqlite : on_postgresql))
