# Each target is one line that calls a Python script, so that the same verbs run where make is absent.
PYTHON ?= python3
APP ?=

.DEFAULT_GOAL := help
.PHONY: help run test check bench outside

help: ## List the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 20

run: ## Install, migrate, seed the demonstration at the first run, and serve
	@$(PYTHON) tools/run.py

test: ## Run every test (APP=programme: one app)
	@$(PYTHON) tools/test.py $(APP)

check: ## Format, lint, types, floors, migrations, messages, templates, CSS, docs
	@$(PYTHON) tools/check.py

bench: ## Measure, as ratios to a limit; written to var/bench.json
	@$(PYTHON) tools/bench.py $(APP)

outside: ## The checks by validators that others wrote, each first shown to fail
	@$(PYTHON) tools/outside.py
