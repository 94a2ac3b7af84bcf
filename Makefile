# Everything is run by the interpreter of .venv; nothing is installed outside this folder.
# Paths are relative, so that the folder's own may hold spaces.

SHELL := /bin/sh
VENV := .venv
PYTHON := $(VENV)/bin/python
PYTHONS := python3.11 python3.12 python3.13 python3.14 python3
PIP := $(PYTHON) -m pip install --disable-pip-version-check
LANGUAGES := ko en
# Each has servers and a browser of its own; 0 runs the tests one after the other.
WORKERS := 2

# What the demo reads: `make demo PORT=8080 MEMBERS=500 SEED=7 DEMO_DIR=elsewhere`.
export PORT MEMBERS SEED DEMO_DIR

# Tools that only load the settings want values for what has no default, and connect to nothing.
SETTINGS := SECRET_KEY=unused DATABASE_URL=postgres://unused@127.0.0.1/unused

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset demo-code test lint format types check messages catalogues catalogues-check bench venv install install-dev upgrade-check

help: ## Explain the targets
	@echo "YGS Admin. Two commands to know: make demo, make test."
	@echo
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  \1|\2/p' Makefile | while IFS='|' read -r target text; do printf '  %-18s %s\n' "$$target" "$$text"; done
	@echo
	@echo "  make demo takes PORT=8000 MEMBERS=3000 SEED=1 DEMO_DIR=.demo"
	@echo "  make test takes ARGS, as in make test ARGS='users -k search', and WORKERS=0 for one process"
	@echo "  make bench has others beside it: $(PYTHON) -m bench.engine --members 20000, $(PYTHON) -m bench.market,"
	@echo "  $(PYTHON) -m bench.faults --sessions 50 --cycles 10000"

demo: install ## Start the console with PostgreSQL, S3 and synthetic members; Ctrl-C stops it
	@exec $(PYTHON) -m ygs_admin.demo run

demo-reset: install ## Delete the demo's data, so that the next start begins anew
	@exec $(PYTHON) -m ygs_admin.demo reset

demo-code: install ## Print the six digits that a sign-in to the demo asks for now: ROLE=reviewer
	@exec $(PYTHON) -m ygs_admin.demo code $(ROLE)

test: install-dev ## Run the whole suite on its own PostgreSQL pair, S3 and Chromium
	@$(PYTHON) -m pytest --numprocesses=$(WORKERS) --dist=worksteal $(ARGS)

lint: install-dev ## Check style and format
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .

format: install-dev ## Repair what can be repaired of style and format
	@$(PYTHON) -m ruff check --fix .
	@$(PYTHON) -m ruff format .

types: install-dev ## Check the types
	@$(SETTINGS) $(PYTHON) -m mypy .

check: lint types catalogues-check test ## All of the checks

messages: install-dev ## Bring the catalogues up to date with the code (needs GNU gettext)
	@$(SETTINGS) $(PYTHON) manage.py makemessages $(LANGUAGES:%=--locale %) --no-wrap --ignore '.demo/*'

catalogues: install ## Compile the catalogues that have changed
	@$(PYTHON) -m ygs_admin.demo.catalogues

catalogues-check: install-dev ## Fail on messages without a translation (needs GNU gettext)
	@$(SETTINGS) $(PYTHON) -m ygs_admin.testing.catalogues $(LANGUAGES)

bench: install-dev ## Measure lists and searches
	@$(PYTHON) -m bench $(ARGS)

upgrade-check: install-dev ## List newer versions of what is pinned
	@$(PYTHON) -m pip list --outdated --disable-pip-version-check

venv:
	@$(PYTHON) -c 'import pip' 2>/dev/null || { \
	  for candidate in $(PYTHONS); do \
	    if "$$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	      echo "Making $(VENV) with $$candidate"; exec "$$candidate" -m venv --clear $(VENV); \
	    fi; \
	  done; \
	  echo "Python 3.11 or newer with its venv module is needed (Debian and Ubuntu: apt-get install python3 python3-venv)." >&2; exit 1; }

# Installs only when one of the files has changed since the last time: their checksum is kept in the environment.
define install_when_changed
	@sum=$$(cat $(1) | cksum); [ "$$(cat $(VENV)/$(2) 2>/dev/null)" = "$$sum" ] || { \
	  echo "Installing $(1) into $(VENV)"; $(PIP) $(1:%=-r %) && echo "$$sum" > $(VENV)/$(2); }
endef

RUNTIME := requirements.txt ygs_admin/demo/requirements.txt

install: venv
	$(call install_when_changed,$(RUNTIME),installed-runtime)

install-dev: venv
	$(call install_when_changed,$(RUNTIME) requirements-dev.txt,installed-dev)
