# Everything one needs to run, test and judge placeweave. Each target first makes sure that its tools are there.

.PHONY: help setup setup-dev demo demo-reset serve test check test-postgres test-slow test-browser bench lock clean

help:  ## Say what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | awk -F'|' '{printf "  make %-15s %s\n", $$1, $$2}'

setup:  ## Lay the environment in .venv, with the placeweave command in it
	@scripts/setup

setup-dev:  ## The same, with the tools that test and check
	@scripts/setup dev

demo: setup  ## Start placeweave with its example place; changes are kept
	@scripts/demo

demo-reset: setup  ## Take the demonstration back to its beginning
	@.venv/bin/placeweave demo --reset

serve: setup  ## Start a real installation (web and worker)
	@scripts/serve

test: setup-dev  ## Run the test suite on SQLite
	@scripts/test

check: setup-dev  ## Run the static gates
	@scripts/check

test-postgres: setup-dev  ## Run the test suite on a throw-away PostgreSQL
	@scripts/test-postgres

test-slow: setup-dev  ## Run the tests that take minutes, on SQLite
	@scripts/test -m slow

test-browser: setup-dev  ## Run the browser journeys in Chromium
	@scripts/test-browser

bench: setup-dev  ## Measure against named peers and print the ratios
	@scripts/bench

lock:  ## Write the locked requirements anew (needs uv)
	@scripts/lock

clean:  ## Take away the environment and the browser files; an installation's folder stays
	rm -rf .venv node_modules src/placeweave/kit/static/vendor
