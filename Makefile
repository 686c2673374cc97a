# Every command of the house. `make help` lists them; CI and hooks run the same ones.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.stamp
export WENGUO_SHARED ?= ../shared

.PHONY: help
help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-12s %s\n", $$1, $$2}'

# --- set-up: stamp files make the second run quick ---------------------------------------------------------------------

.PHONY: setup
setup: $(STAMP)/base $(STAMP)/static ## what demo and test share: .venv with the pinned packages and .venv/bin/wenguo

$(STAMP)/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 …")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@mkdir -p $(STAMP) && touch $@

$(STAMP)/base: requirements/base.txt pyproject.toml | $(STAMP)/venv
	@test -e $(STAMP)/dev || deploy/install $(BIN) requirements/base.txt
	@touch $@

$(STAMP)/dev: requirements/dev.txt pyproject.toml | $(STAMP)/venv
	@deploy/install $(BIN) requirements/dev.txt
	@touch $@ $(STAMP)/base

# CI and whoever works on the cluster's engine: everything of dev, and Spark (434 MB, needs Java 17)
$(STAMP)/spark: requirements/spark.txt pyproject.toml | $(STAMP)/venv
	@deploy/install $(BIN) requirements/spark.txt
	@touch $@ $(STAMP)/dev $(STAMP)/base

STATIC_SOURCES := $(shell find wenguo/*/static -type f 2>/dev/null)
CATALOGUES := $(shell find wenguo/*/locale -name django.po 2>/dev/null)

$(STAMP)/catalogues: $(CATALOGUES) | $(STAMP)/base
	@$(BIN)/wenguo messages --compile
	@touch $@

$(STAMP)/assets: assets/package-lock.json deploy/assets | $(STAMP)/venv
	@deploy/assets $(BIN)/python
	@[ ! -s wenguo/ui/static/ui/vendor/echarts.js ] || touch $@

$(STAMP)/static: $(STATIC_SOURCES) requirements/base.txt $(STAMP)/catalogues $(STAMP)/assets | $(STAMP)/base
	@$(BIN)/wenguo collectstatic --noinput --clear -v 0
	@touch $@

.PHONY: assets
assets: $(STAMP)/assets ## what pages load that no Python package ships (ECharts), by npm

.PHONY: lock
lock: $(STAMP)/dev ## write the pins anew (hashes, no download addresses); UPGRADE=1 takes newer versions
	@deploy/lock $(BIN)/uv $(if $(UPGRADE),--upgrade,)

# --- running -----------------------------------------------------------------------------------------------------------

.PHONY: demo
demo: setup ## the demo world, web and worker in the foreground; Ctrl-C ends both
	@$(BIN)/wenguo migrate -v 0
	@echo "Building the demo world: about a minute the first time."
	@$(BIN)/wenguo demo
	@exec $(BIN)/wenguo serve --worker --show-cast

.PHONY: run
run: setup ## web and worker on the data that is there
	@$(BIN)/wenguo migrate -v 0
	@exec $(BIN)/wenguo serve --worker

.PHONY: worker
worker: setup ## the worker alone
	@exec $(BIN)/wenguo worker

# --- proving -----------------------------------------------------------------------------------------------------------

.PHONY: test
test: $(STAMP)/dev $(STAMP)/static ## all tests: SQLite, then PostgreSQL and the browser where they are there
	@tests/run $(BIN)

.PHONY: spark-test
spark-test: $(STAMP)/spark $(STAMP)/static ## the lake on a real Spark cluster of three processes (minutes; Java 17)
	@$(BIN)/python -m pytest -q -m spark wenguo/insights/tests/test_spark.py

.PHONY: check
check: $(STAMP)/dev $(STAMP)/catalogues ## format, lint, types, contracts, migrations, catalogues
	@tests/check $(BIN)

.PHONY: fix
fix: $(STAMP)/dev ## format and mend what can be mended
	@$(BIN)/ruff check --fix-only -q .
	@$(BIN)/ruff format -q .
	@find wenguo -path '*/templates/*.html' -print0 | xargs -0 --no-run-if-empty $(BIN)/djade --target-version 5.2 || true

.PHONY: messages
messages: $(STAMP)/base ## extract what users read into the catalogues: make messages APPS="desk portal"
	@$(BIN)/wenguo messages $(APPS)

.PHONY: docs
docs: $(STAMP)/base ## the pages of docs/ that are made from the code: the map, the life cycle
	@$(BIN)/wenguo docs

.PHONY: eval
eval: setup ## every mining task at full size on $(WENGUO_SHARED)/data; the table in docs/mining.md (minutes)
	@OMP_NUM_THREADS=2 $(BIN)/wenguo mining table --data $(WENGUO_SHARED)/data --page docs/mining.md

.PHONY: bench
bench: $(STAMP)/dev $(STAMP)/static ## the measurements of bench/
	@for script in bench/*.py; do [ -e "$$script" ] && $(BIN)/python "$$script"; done
