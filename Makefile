# The only commands anyone needs. Each sets up what it needs by itself; `make` alone prints them.
# POSIX tools only, and nothing newer than GNU Make 3.81: this runs on Debian and on macOS as they come.

PORT ?= 8000
BIN := .venv/bin
# As in a real service, with nothing of its own: what holds for pages and migrations must hold there.
MANAGE := HALFDOOR_DATA=build/check HALFDOOR_SECRET_KEY=only-for-checks-0123456789-abcdefghijklmnopqrstuvwxyz \
	$(BIN)/python -m halfdoor.service
# What is looked for long and at random: part of `make check`, too long for `make test`.
SEARCHES := tests/disclosure/test_every_rule_has_its_turn.py tests/packs/test_two_provers.py
WORDS := $(patsubst %.po,%.mo,$(shell find src -name '*.po'))

.PHONY: help setup runtime demo test check lint types contracts pages words promises browser bench mutate answers assault
.PHONY: advisories lock drill handbook load scale searches

help: ## print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup: ## make .venv ready (Python 3.11 or newer; with uv when it is there)
	@tools/setup.sh postgres,build,test,check

runtime:
	@tools/setup.sh build

demo: words ## see it: a practice and a children's home with made-up families (PORT=8000)
	@HALFDOOR_DEMO=1 $(BIN)/halfdoor demo --port $(PORT)

test: setup words browser ## every test, on SQLite and then on PostgreSQL; of long searches a short one
	@tools/test.sh $(SEARCHES:%=--ignore=%)

searches: setup words ## five examples of two worlds behind each door, walks around every rule, the second prover
	@HALFDOOR_WORLDS=5 $(BIN)/pytest -n logical --maxprocesses 8 --dist worksteal $(SEARCHES) tests/worlds/test_two_worlds.py

check: lint types contracts pages test searches ## everything that must hold before a change lands

lint: setup ## layout of the code, banned names, traps
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .

types: setup ## mypy, strict
	@$(BIN)/mypy

contracts: setup ## who may lean on whom
	@$(BIN)/lint-imports --no-logo

pages: setup words ## migrations are whole, static files collect, Django has no complaint
	@$(MANAGE) makemigrations --check --dry-run
	@$(MANAGE) check --deploy --fail-level WARNING
	@$(MANAGE) collectstatic --noinput --clear --verbosity 0

words: runtime $(WORDS) ## compile the translations

$(WORDS): %.mo: %.po | runtime
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

promises: setup ## what is promised, and what a test already shows; writes docs/assurance anew
	@$(BIN)/python -m tests.house.promises
	@$(BIN)/python -m tests.house.abuse_cases
	@$(BIN)/python -m tests.house.assurance

browser: setup
	@$(BIN)/python tests/journeys/browser.py

bench: ## the judgement beside other engines; the map and lists of 100,000 items; every rule met in the demo
	@tools/setup.sh postgres,build,test,check,bench
	@$(BIN)/python -m benchmarks.engine
	@$(BIN)/python -m benchmarks.judges
	@$(BIN)/python -m benchmarks.gate_list
	@$(BIN)/python -m benchmarks.pages
	@$(BIN)/python -m benchmarks.leak_guard
	@$(BIN)/python -m benchmarks.demo_rules

load: ## the product served as it is, sixty pages a second for ten minutes on each database (on a quiet machine)
	@tools/setup.sh postgres,build,test,drill
	@$(MAKE) --no-print-directory words
	@$(BIN)/python -m benchmarks.load

scale: ## every page with a million items in the practice, and a thousand practices beside it; the plans of the database
	@tools/setup.sh postgres,build,test,drill
	@$(MAKE) --no-print-directory words
	@$(BIN)/python -m benchmarks.scale

answers: setup ## write the tables of answers of the packs anew; read their diff before you commit it
	@$(BIN)/python -m tests.packs.answers

handbook: setup words browser ## the pictures of docs/handbook anew, from a walk through the demo (minutes)
	@$(BIN)/python -m tests.journeys.handbook

mutate: setup ## break each rule in small ways: does an example or an invariant notice? (minutes)
	@$(BIN)/python -m tests.packs.mutate

assault: setup words ## two hundred examples of two worlds behind each door: does a page tell what it may not? (hours)
	@HALFDOOR_WORLDS=200 $(BIN)/pytest -n logical --maxprocesses 8 --dist worksteal tests/worlds

lock: ## each version that a service installs, with the hashes of its files (needs the network)
	@tools/setup.sh advisories
	@$(BIN)/uv pip compile pyproject.toml --extra postgres --extra build --extra metrics --universal --python-version 3.11 \
		--generate-hashes --custom-compile-command 'make lock' --quiet --output-file requirements.lock

advisories: ## a bill of materials of what a service installs, and what is known against it (needs the network)
	@tools/setup.sh advisories
	@$(BIN)/python tools/advisories.py

drill: ## killed, raced, cut off, filled up, tampered with: what is promised when things fail (an hour; root for some of it)
	@tools/setup.sh postgres,build,test,drill
	@$(MAKE) --no-print-directory words
	@$(BIN)/python -m tests.drills
