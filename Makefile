# Two commands are enough: `make run` and `make test`. Everything lives in .venv and var; nothing is installed elsewhere.
# Recipes name .venv/bin/python only: scripts in a folder with a space have fragile first lines.

.DEFAULT_GOAL := help
.PHONY: help install run test check bench chaos mails format clean

PYTHON ?=
ARGS ?=
IN := .venv/bin/python
STAMP := .venv/.installed
# Two workers are what the smallest server has; more on a bigger one.
JOBS ?= auto

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile
	@echo '  ARGS="..." is passed on: make run ARGS="--once", make test ARGS="-k inbox"'

install: $(STAMP) ## Create .venv and install the locked dependencies

run: $(STAMP) ## Import documents, start scheduler, worker and web page, show what is due
	@$(IN) -m monitor.project.cli up $(ARGS)

test: $(STAMP) ## Run every test; ends by naming what was skipped and why
	$(IN) -m pytest -n $(JOBS) --dist loadfile $(ARGS)

check: $(STAMP) ## Format, lint, types, layers, unit tests
	$(IN) -m ruff format --check .
	$(IN) -m ruff check .
	$(IN) -m mypy
	$(IN) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
	$(IN) -m pytest -q tests/unit $(ARGS)

bench: $(STAMP) ## Measure; prints the tables that docs keep
	@for file in benchmarks/*.py; do echo "== $$file"; $(IN) "$$file" $(ARGS) || exit 1; done

chaos: $(STAMP) ## Kill, freeze and starve every part, many times; ARGS="--seed 100 --runs 6"
	@$(IN) -m tests.chaos $(ARGS)

mails: $(STAMP) ## Show all HTML mails side by side in var/mails (a picture, where Chromium is installed)
	@$(IN) -m tests.contact_sheet

format: $(STAMP) ## Rewrite the code in the house's format
	$(IN) -m ruff format .
	$(IN) -m ruff check --fix .

clean: ## Remove .venv; var, which holds the ledgers, stays
	rm -rf .venv

QUIET_PIP = $(IN) -m pip install -q --disable-pip-version-check
LOG := .venv/install.log

$(STAMP): requirements-dev.lock
	@for candidate in "$(PYTHON)" python3.11 python3.12 python3.13 python3.14 python3 python; do \
	  if [ -n "$$candidate" ] && "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	  then found="$$candidate"; break; fi; \
	done; \
	if [ -z "$$found" ]; then echo 'Python 3.11 or newer is needed; name it: make PYTHON=/path/to/python3' >&2; exit 2; fi; \
	if ! "$$found" -c 'import venv, ensurepip' 2>/dev/null; then \
	  echo "$$found cannot create environments; on Debian: apt install python3-venv" >&2; exit 2; fi; \
	[ -x $(IN) ] || "$$found" -m venv .venv
	@echo 'Installing the locked dependencies into .venv (once, about a minute) ...' >&2
	@{ $(QUIET_PIP) --require-hashes -r requirements-dev.lock && \
	   $(QUIET_PIP) --no-deps --no-build-isolation -e .; } >$(LOG) 2>&1 || { cat $(LOG) >&2; exit 1; }
	@touch $(STAMP)
