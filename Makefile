# Every task people run. `make` alone lists them.

PYTHON  ?= python3
VENV    := .venv
BIN     := $(VENV)/bin
LOCKS   := scripts/locks
export PIP_DISABLE_PIP_VERSION_CHECK = 1
# The tests start hundreds of processes, each of which would compile the package anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test test-slow check check-generated check-bumps typing generate reference bump diff compare watch live bench bench-limiter bench-batch lock build smoke clean

help:  ## List the tasks
	@echo "recraft-sdk: the tasks, each run as 'make TASK'"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# An environment with the package and what a task needs, at locked versions; made anew only when its lock file changes.
$(VENV)/demo.stamp: $(LOCKS)/demo.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; try make PYTHON=python3.12")'
	@test -d $(VENV) || { echo "making $(VENV)"; $(PYTHON) -m venv $(VENV); }
	@echo "installing what the demo needs"
	@$(BIN)/pip install --quiet --require-hashes --requirement $(LOCKS)/demo.txt
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: $(LOCKS)/dev.txt $(VENV)/demo.stamp
	@echo "installing what tests and checks need (about a minute)"
	@$(BIN)/pip install --quiet --require-hashes --requirement $(LOCKS)/dev.txt
	@touch $@

demo: $(VENV)/demo.stamp  ## Make 17 calls against the sandbox and save the pictures (LIVE=1: the real service)
	@$(BIN)/python scripts/demo.py $(if $(LIVE),--live) $(if $(OUT),--out $(OUT))

# Each worker begins with a half of its own, so that what a module or a session sets up is mostly set up once.
SPREAD := -n auto --dist worksteal

# Loading schemathesis takes each process seconds, and the tests that use it are slow.
QUICK := -p no:schemathesis --ignore=tests/sandbox/test_sandbox_schemathesis.py

test: $(VENV)/dev.stamp  ## Run the tests (COVERAGE=1: fail when less than 95 % of overlay/ runs)
ifdef COVERAGE
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -q $(SPREAD) $(QUICK) $(ARGS)
	@$(BIN)/coverage combine -q
	@$(BIN)/coverage report --fail-under=95
else
	@$(BIN)/python -m pytest -q $(SPREAD) $(QUICK) $(ARGS)
endif

test-slow: $(VENV)/dev.stamp  ## Run the tests that `make test` leaves out
	@$(BIN)/python -m pytest -q $(SPREAD) -m "slow and not bumps" $(ARGS)

check: $(VENV)/dev.stamp check-generated typing  ## Everything but the tests: drift, layers, ruff, mypy, pyright, workflows
	@$(BIN)/python scripts/reference.py --check
	@$(BIN)/python scripts/command_line.py --check
	@$(BIN)/lint-imports --no-logo > .import-linter.log || { cat .import-linter.log; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/zizmor --offline --quiet --no-progress .github/workflows
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@$(BIN)/ruff format --check .

typing: $(VENV)/dev.stamp
	@$(BIN)/mypy
	@$(BIN)/mypy generated/recraft_api
	@$(BIN)/pyright --pythonpath $(BIN)/python
	@$(BIN)/python scripts/check_wrong_calls.py

check-generated: $(VENV)/dev.stamp  ## Fail when generated/, or what agents read, is not exactly what spec/ generates
	@$(BIN)/python scripts/generate.py --check

generate: $(VENV)/dev.stamp  ## Write generated/, and what agents read, from spec/ (OVERLAYS=hygiene,helpers OUTPUT=DIR for less, elsewhere)
	@$(BIN)/python scripts/generate.py $(if $(OVERLAYS),--overlays $(OVERLAYS)) $(if $(OUTPUT),--output $(OUTPUT))

reference: $(VENV)/dev.stamp  ## Write the reference pages, that of man, and what agents read, from the signatures of the helpers
	@$(BIN)/python scripts/pages.py

bump: $(VENV)/dev.stamp  ## Take a new specification: SPEC=path or SPEC="several paths" (DRY=1: change nothing; PART=minor: your own verdict; TESTS=quick or none; KEEP=1)
	@test -n "$(SPEC)" || { echo "say which file: make bump SPEC=path/to/openapi.yaml"; exit 1; }
	@if [ -e "$(SPEC)" ]; then set -- "$(SPEC)"; else set -- $(SPEC); fi; $(BIN)/python scripts/bump.py "$$@" $(if $(DRY),--dry-run) $(if $(PART),--as $(PART)) $(if $(TESTS),--tests $(TESTS)) $(if $(KEEP),--keep)

diff: $(VENV)/dev.stamp  ## Say what a new specification means, without touching anything: SPEC=path
	@test -n "$(SPEC)" || { echo "say which file or folder: make diff SPEC=path/to/openapi.yaml"; exit 3; }
	@$(BIN)/python scripts/diff.py "$(SPEC)" || test $$? -eq 1  # additive is no failure

compare: $(VENV)/dev.stamp  ## List what another description of the service has and ours lacks: WITH=path
	@test -n "$(WITH)" || { echo "say which file: make compare WITH=path/to/openapi.yaml"; exit 1; }
	@$(BIN)/python scripts/compare.py "$(WITH)"

live: $(VENV)/demo.stamp  ## Compare the real service with what is assumed of it, for at most 60 units by documented prices (YES=1: unasked; LIMITS=1; OUT=DIR)
	@$(BIN)/python scripts/live.py $(if $(YES),--yes) $(if $(LIMITS),--limits) $(if $(OUT),--out $(OUT))

watch: $(VENV)/dev.stamp  ## Fetch the published specification, and bump to it where it is new: OUT=DIR gets the report
	@test -n "$(OUT)" || { echo "say where the report goes: make watch OUT=path/outside/the/checkout"; exit 1; }
	@$(BIN)/python scripts/watch.py "$(OUT)"

check-bumps: $(VENV)/dev.stamp  ## Bump a copy to each of the additive changes in tests/spec and run everything there (an hour or two)
	@$(BIN)/python -m pytest -q -m bumps -n auto tests/bumping

bench: $(VENV)/dev.stamp  ## Measure imports, calls, files and waiting beside httpx, openai and aiohttp (about 10 minutes; ARGS=PART ... for some)
	@$(BIN)/python scripts/bench.py $(ARGS)

bench-limiter: $(VENV)/dev.stamp  ## Measure 300 calls through the rate limits (about 2 minutes; ARGS=--real-time for more)
	@$(BIN)/python scripts/bench_limiter.py $(ARGS)

bench-batch: $(VENV)/dev.stamp  ## Measure a batch of 100,000 jobs, and one against the rate limits (about 4 minutes)
	@$(BIN)/python scripts/bench_batch.py $(ARGS)

build: $(VENV)/dev.stamp  ## Build the wheel and the source distribution into dist/
	@$(BIN)/python -m build --no-isolation --outdir dist .

smoke: build  ## Install the wheel afresh on each Python from 3.11 to 3.14 that is found, and call the sandbox with it
	@$(BIN)/python scripts/smoke.py

lock:  ## Write the lock files anew from pyproject.toml (needs uv)
	@command -v uv > /dev/null || { echo "uv is not on the PATH. In an environment of its own: pip install uv"; exit 1; }
	uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header --group demo --extra sandbox pyproject.toml -o $(LOCKS)/demo.txt
	uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header --group dev --all-extras pyproject.toml -o $(LOCKS)/dev.txt

clean:  ## Remove the environment and everything that was built
	rm -rf $(VENV) dist demo-out .coverage* .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .import-linter.log
