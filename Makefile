# make demo   the environment, the graph of seeds/, a path with its evidence, GraphML
# make test   everything the tests need, then all tests
# Both need Python 3.11 or newer and make; the tests also Java 17 with Maven, Chromium and iproute2.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
DEMO := build/demo
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PAGE := graph/exports/data/explorer.html
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-header --no-annotate --no-emit-index-url

.PHONY: help demo test check docs explorer bench fuzz crash soak neo4j lock clean

help:
	@sed -n 's/^# //p' Makefile
	@echo "also: make check (format, lint, types, floor plan, README), docs, explorer, bench, fuzz, crash, soak, neo4j, lock, clean"

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "dyad needs Python 3.11 or newer with venv: install it, or name it: make PYTHON=…" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# An installed environment is a stamp file that is younger than what it was made from.
$(VENV)/run.stamp: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what dyad runs on, from requirements.lock"
	$(PIP) install --require-hashes --no-deps -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/run.stamp
	@echo "Installing what the tests run on, from requirements-dev.lock"
	$(PIP) install --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

# The page that dyad export fills; by the machine's Node, else by that of the lock file.
$(PAGE): $(wildcard explorer/src/*) explorer/build.mjs explorer/package-lock.json hatch_build.py $(VENV)/dev.stamp
	@echo "Building the explorer page"
	$(BIN)/python hatch_build.py
	@touch $@

explorer: $(PAGE)

demo: $(VENV)/run.stamp
	@mkdir -p $(DEMO)
	$(BIN)/dyad build seeds --graph $(DEMO)/seeds.db
	$(BIN)/dyad path Shoigu Hamo --graph $(DEMO)/seeds.db
	$(BIN)/dyad export $(DEMO)/seeds.graphml --graph $(DEMO)/seeds.db
	@echo "Ask more: $(BIN)/dyad top --graph $(DEMO)/seeds.db"

test: $(VENV)/dev.stamp $(PAGE)
	$(BIN)/python -m pytest $(TESTS)

check: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_floor_plan.py tests/test_docs.py

docs: $(VENV)/dev.stamp $(PAGE)
	rm -rf build/docs && mkdir -p build/docs
	$(BIN)/dyad build seeds --graph build/docs/seeds.db
	$(BIN)/python docs/draw.py build/docs/seeds.db
	PYTHONPATH=. $(BIN)/python docs/shoot.py build/docs/seeds.db Haftar Shoigu
	$(BIN)/python tests/test_docs.py
	$(BIN)/python -m tests.test_questions_doc

bench: $(VENV)/dev.stamp $(PAGE)
	$(PIP) install -e '.[bench]'
	$(BIN)/python -m bench $(ROOMS)

fuzz: $(VENV)/dev.stamp
	$(BIN)/python tests/fuzz/run.py --seconds $(SECONDS) $(TARGETS)

# Single parts: make crash PARTS="kills loads"; more or fewer: make crash OPTIONS="--moments 50".
crash: $(VENV)/dev.stamp $(PAGE)
	$(BIN)/python -m tests.crash.run $(OPTIONS) $(PARTS)

soak: $(VENV)/dev.stamp
	$(BIN)/python -m tests.crash.soak $(OPTIONS)

neo4j: $(VENV)/run.stamp
	$(BIN)/python servers/neo4j_server.py

lock: | $(BIN)/python
	$(PIP) install uv
	printf 'hatchling\neditables\n' | $(LOCK) pyproject.toml - --extra dev --output-file requirements-dev.lock
	printf 'hatchling\neditables\n' | $(LOCK) pyproject.toml - --constraint requirements-dev.lock \
	  --output-file requirements.lock

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
