# Two commands to know: `make demo` and `make test`. `make help` lists the rest.
UV ?= $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
RUN = $(UV) run --no-sync
STORY ?=

.PHONY: help setup demo test test-faults check audit fix bench migration clean

help: ## What there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## / — /'

setup: .venv/ready ## A virtual environment in this folder with everything locked

.venv/ready: pyproject.toml uv.lock
	@command -v uv >/dev/null 2>&1 || test -x .uv/bin/uv || { \
		echo "uv is not here: installing it into .uv"; python3 -m venv .uv && .uv/bin/pip install -q uv; }
	$(UV) sync -q --locked
	@touch $@

demo: setup ## The whole system with the simulator on one web page; STORY=good-call plays it in the terminal
	@$(RUN) python -m simulator $(if $(STORY),--story $(STORY))

test: setup ## Every test, on SQLite and PostgreSQL, and the page in a browser
	$(RUN) pytest -q

test-faults: setup ## Kills, floods, broken platforms and databases, in their long form
	LONG_FAULTS=1 $(RUN) pytest -q -rP tests/delivery tests/faults tests/races tests/security tests/transfers

check: setup ## Style, types, import rules, migrations
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy
	$(RUN) lint-imports
	$(RUN) python -m bot.schema check

audit: setup ## Known holes in the locked dependencies, asked of osv.dev
	@.ci/audit

fix: setup ## Repair what can be repaired by machine
	$(RUN) ruff check --fix .
	$(RUN) ruff format .

bench: setup ## Measurements, each beside its floor or a peer; half an hour, into docs/performance.md
	$(RUN) python -m tests.benchmarks
	$(RUN) pytest -q tests/benchmarks --benchmark-only --benchmark-columns=min,median,ops

migration: setup ## The next migration: make migration m="what changes"
	$(RUN) python -m bot.schema new "$(m)"

clean: ## Throw away what can be made again
	rm -rf .venv .uv .mypy_cache .ruff_cache .pytest_cache .hypothesis data
