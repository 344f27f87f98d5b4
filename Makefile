# Every target is one script under scripts/; what CI runs can be run at the desk. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help setup run test lint audit gen format

help: ## This list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

setup: ## Install what building, running and testing need
	@scripts/setup.sh test

run: ## The console on simulated shops and warehouses; Ctrl-C ends everything
	@scripts/run.sh

test: ## Every test: Rust, console, browser, real window
	@scripts/test.sh

lint: ## Formatting, lints, types, documentation; warnings are errors
	@scripts/lint.sh

audit: ## Licences, sources and known vulnerabilities of every dependency
	@scripts/audit.sh

gen: ## The API document and the console's types from it
	@scripts/gen.sh

format: ## Format Rust and the console
	@cargo fmt --all && npm --prefix ui run --silent format
