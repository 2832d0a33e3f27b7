# Acuerdo: everything a person types. `make help` lists it.
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:

# Some machines forbid it for all; without it each run would compile every module again.
unexport PYTHONDONTWRITEBYTECODE
export RASA_TELEMETRY_ENABLED := false
export PATH := $(CURDIR)/.venv/bin:$(PATH)

PYTHON := .venv/bin/python
ENGINE := rasa_server/.venv/bin/python
ROOT_SYNCED := .venv/.synced
ROOT_READY := .venv/.ready
ENGINE_READY := rasa_server/.venv/.ready
MODEL := models/acuerdo.tar.gz
LESSONS := config.yml domain.yml $(shell find data rasa_server/components -type f \
	\( -name '*.yml' -o -name '*.py' \))
# The one command line of each lock file is in `lock`; nothing of this machine gets into them.
COMPILE = $$(scripts/setup uv) pip compile --quiet --universal --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links

.PHONY: help
help: ## Say what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

.PHONY: setup
setup: $(ROOT_READY) $(ENGINE_READY) ## Make both Python environments; quick when there is nothing to do

$(ROOT_SYNCED): requirements/dev.txt scripts/setup
	@scripts/setup root
	@touch $@

$(ROOT_READY): $(ROOT_SYNCED) pyproject.toml
	@scripts/setup project
	@touch $@

$(ENGINE_READY): rasa_server/requirements-dev.txt scripts/setup
	@scripts/setup engine
	@touch $@

.PHONY: train
train: $(MODEL) ## Train the engine's model, where what it learns from has changed

$(MODEL): $(LESSONS) rasa_server/requirements-dev.txt | $(ENGINE_READY)
	@echo "train: the engine's model (about a minute)"
	@mkdir -p .run
	@$(ENGINE) -m rasa train --config config.yml --domain domain.yml --data data \
		--out models --fixed-model-name acuerdo > .run/train.log 2>&1 \
		|| { tail -n 30 .run/train.log >&2; exit 1; }
	@touch $@

.PHONY: run
run: setup train ## Start the whole product on http://localhost:8000; Ctrl-C stops it
	@exec .venv/bin/acuerdo up

.PHONY: test
test: setup train ## Run every test but the long campaigns
	@$(PYTHON) -m pytest --ignore=tests/engine -m "not soak"
	@$(ENGINE) -m pytest tests/engine

.PHONY: check
check: setup ## Format, lint, types, import rules, unit and contract tests: under a minute
	@$(MAKE) --jobs=3 --output-sync=target check-unit check-contract \
		check-types check-engine-types check-format check-lint check-imports

.PHONY: check-format check-lint check-types check-engine-types check-imports check-unit check-contract
check-format:
	@ruff format --check --quiet . || { echo "check: run make fmt" >&2; exit 1; }

check-lint:
	@ruff check --quiet .

check-types:
	@mypy --no-error-summary

check-engine-types:
	@mypy --no-error-summary --config-file rasa_server/mypy.ini

check-imports:
	@said=$$(lint-imports 2>&1) || { echo "$$said" >&2; exit 1; }

check-unit:
	@$(PYTHON) -m pytest --quiet tests/unit

check-contract:
	@$(PYTHON) -m pytest --quiet tests/contract

.PHONY: fmt
fmt: setup ## Format the code and mend what can be mended
	@ruff format --quiet .
	@ruff check --quiet --fix .

.PHONY: eval
eval: setup train ## Measure language and intents on the project's own evaluation data
	@$(PYTHON) -m quality.evaluation

.PHONY: bench
bench: setup train ## Measure latency and throughput on this machine
	@$(PYTHON) -m quality.bench

.PHONY: faults
faults: setup train ## Run the campaign of faults: over a thousand conversations while processes are killed
	@$(PYTHON) -m pytest tests/soak/test_faults.py tests/soak/test_outage.py tests/soak/test_pieces.py -m soak

.PHONY: soak
soak: setup train ## Run the long campaigns: faults, a month, every kind of day
	@$(PYTHON) -m pytest tests/soak -m soak

.PHONY: lock
lock: ## Pin every requirement again, within what the .in files allow
	@$(COMPILE) requirements/uv.in -o requirements/uv.txt
	@$(COMPILE) --python-version 3.11 requirements/dev.in -o requirements/dev.txt
	@$(COMPILE) --python-version 3.11 -c requirements/dev.txt requirements/app.in -o requirements/app.txt
	@$(COMPILE) --python-version 3.10 --overrides rasa_server/overrides.txt \
		rasa_server/requirements-dev.in -o rasa_server/requirements-dev.txt
	@$(COMPILE) --python-version 3.10 --overrides rasa_server/overrides.txt \
		-c rasa_server/requirements-dev.txt rasa_server/requirements.in \
		-o rasa_server/requirements.txt

.PHONY: clean
clean: ## Remove environments, model, caches and the data of the embedded servers
	rm -rf .venv rasa_server/.venv .uv .run .rasa models build *.egg-info \
		.mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
