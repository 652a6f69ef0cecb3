# Needs make and Python 3.11 or newer; builds everything else once, in .venv and static/vendor.

.PHONY: help run demo test bench bench-learning faults check clean assets

VENV := .venv/bin/python
PIP := $(VENV) -m pip install --quiet --disable-pip-version-check

# Named after what the requirements say, not when they were written: a fresh checkout of the same
# requirements installs nothing, and so does every start but the first.
checksum = $(shell cat $(1) | cksum | cut -d ' ' -f 1)
RUNTIME := requirements.txt requirements-guest.txt
INSTALLED := .venv/installed-$(call checksum,$(RUNTIME))
INSTALLED_DEV := .venv/installed-dev-$(call checksum,$(RUNTIME) requirements-dev.txt)

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile | expand -t 16

run: $(INSTALLED) assets ## start quizapp; it prints its address
	@exec $(VENV) -m flask --app wsgi serve

demo: $(INSTALLED) assets ## start quizapp with made-up learners, beside your own data
	@exec env QUIZAPP_PORT=$${QUIZAPP_PORT:-8001} QUIZAPP_DATABASE_URL=sqlite:///instance/demo.sqlite $(VENV) -m flask --app wsgi demo

test: check assets ## run check, then every test on SQLite and PostgreSQL and in Chromium
	@$(VENV) -m tests.environment.install
	@$(VENV) tests/environment/postgres.py -- $(VENV) -m pytest -n 2 -m "not browser"
	@$(VENV) -m pytest -n 2 --dist loadfile -m browser

bench: $(INSTALLED) assets ## measure what pages and actions cost; OPTIONS="--help" tells more
	@$(VENV) -m tests.load.bench $(OPTIONS)

bench-learning: $(INSTALLED) ## measure the skill model on logs of real learners, if they lie beside the checkout
	@$(VENV) -m tests.load.learning $(OPTIONS)

faults: $(INSTALLED_DEV) assets ## break what the server stands on, for half an hour; OPTIONS="--help" tells more
	@$(VENV) -m tests.load.faults $(OPTIONS)

check: $(INSTALLED_DEV) ## check format, style, types and layers
	@$(VENV) -m ruff format --check --quiet .
	@$(VENV) -m ruff check --quiet .
	@$(VENV) -m mypy
	@.venv/bin/lint-imports --no-logo

clean: ## remove what make has built; your data in instance/ stays
	rm -rf .venv .*_cache .hypothesis quizapp/web/frontend/node_modules quizapp/web/static/vendor
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Without a "##": make run and make test do it, and it builds only what has changed.
assets: $(INSTALLED)
	@$(VENV) quizapp/web/frontend/build.py

# Builds .venv anew, so that nothing is left that the requirements no longer name.
$(INSTALLED):
	@for python in $(PYTHON) python3.13 python3.12 python3.11 python3; do \
	  if $$python -c "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))" 2>/dev/null; \
	  then \
	    echo "Installing what quizapp needs, once; this takes a minute …"; \
	    rm -rf .venv; exec $$python -m venv .venv; \
	  fi; \
	done; \
	echo "quizapp needs Python 3.11 or newer, with its venv module (Debian: python3-venv)." >&2; exit 1
	@$(PIP) --requirement requirements.txt
	@$(PIP) --no-deps --require-hashes --requirement requirements-guest.txt
	@touch $@

$(INSTALLED_DEV): $(INSTALLED)
	@echo "Installing what the tests need, once …"
	@$(PIP) --requirement requirements-dev.txt
	@rm -f .venv/installed-dev-*
	@touch $@
