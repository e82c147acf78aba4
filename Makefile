# Everything a newcomer or CI runs. Needs Python 3.11 or newer, make and a package registry; no more.
# Settings: TRACKER_PORT (8000), TRACKER_DATA_DIR (data/), PYTHON (the newest one found).

.DEFAULT_GOAL := help
.PHONY: help install run test test-all lint lock bench pictures wheel-check clean

VENV := .venv
PY := $(VENV)/bin/python
PYTHON ?= $(shell sh .ci/find-python 2>/dev/null)
PIP := $(PY) -m pip --disable-pip-version-check --quiet --no-input
# A lock names everything, so nothing is resolved: pip 23 refuses "coverage[toml]" as soon as a newer coverage exists.
# What must be built from source is built by what requirements-build.lock names, never by what pip would fetch.
LOCKED := install --no-deps --no-build-isolation --require-hashes --requirement
export TRACKER_DATA_DIR ?= $(CURDIR)/data
export TRACKER_PORT ?= 8000

# An environment whose Python has gone, or that was copied from another folder, is made again.
IS_OURS = $(PY) -c '' 2>/dev/null && test "$$(cat $(VENV)/.place 2>/dev/null)" = "$$(pwd -P)"
$(shell $(IS_OURS) || rm -f $(VENV)/.runs $(VENV)/.tests)

help:  ## Say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(VENV)/.runs: requirements-build.lock requirements.lock pyproject.toml .ci/find-python
	@test -n "$(PYTHON)" || sh .ci/find-python
	@$(IS_OURS) || { echo "Making $(VENV) with $(PYTHON) ..."; \
		"$(PYTHON)" -m venv --clear $(VENV) && pwd -P > $(VENV)/.place; }
	@echo "Installing what the tracker needs (requirements.lock, hash-checked) ..."
	@$(PIP) $(LOCKED) requirements-build.lock
	@$(PIP) $(LOCKED) requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@$(PIP) check
	@touch $@

$(VENV)/.tests: requirements-dev.lock $(VENV)/.runs
	@echo "Installing what its tests need (requirements-dev.lock, hash-checked) ..."
	@$(PIP) $(LOCKED) requirements-dev.lock
	@$(PIP) check
	@touch $@

install: $(VENV)/.runs  ## Make the environment, and no more

run: $(VENV)/.runs  ## Serve the tracker on this machine, with the demo when the database is empty
	@sh .ci/run-demo

test: $(VENV)/.tests  ## The suite on SQLite, with one browser journey where there is a Chromium
	$(PY) -m pytest -n auto --dist loadgroup -m "not slow and (not browser or smoke)"

test-all: $(VENV)/.tests  ## SQLite (with branch coverage, browser journeys, accessibility), then PostgreSQL
	rm -f .coverage .coverage.*
	$(PY) -m pytest -n auto --dist loadgroup --cov --cov-report=term-missing:skip-covered
	TRACKER_TEST_DATABASE=postgres $(PY) -m pytest -n auto --dist loadgroup -m "not browser"

lint: $(VENV)/.tests  ## Ruff, mypy, the import order, the templates
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	$(VENV)/bin/lint-imports
	$(PY) -m djlint templates --lint --quiet

lock: $(VENV)/.tests  ## Lock the newest allowed versions anew, for every Python and machine
	$(PIP) install uv
	$(LOCK) pyproject.toml --all-extras -o requirements.lock
	$(LOCK) pyproject.toml --all-extras --group dev -o requirements-dev.lock
	$(LOCK) --group build --constraint requirements-dev.lock -o requirements-build.lock

LOCK = $(VENV)/bin/uv pip compile --upgrade --quiet $(LOCK_OPTIONS)
LOCK_OPTIONS := --generate-hashes --universal --no-emit-index-url --no-emit-find-links --no-header

bench: $(VENV)/.tests  ## How fast it is, at 2,000, 20,000 and 100,000 activities
	$(PY) -m bench

pictures: $(VENV)/.tests  ## Take the manual's pictures anew
	$(PY) -m docs.pictures

wheel-check: $(VENV)/.tests  ## Build the wheel, install it into an empty environment, serve it from elsewhere
	bash .ci/wheel-check

clean:  ## Remove what was built and cached; the data stays
	rm -rf $(VENV) dist htmlcov .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .hypothesis \
		.import_linter_cache tests/browser/shots
	find tracker tests migrations -name __pycache__ -prune -exec rm -rf {} +
