# Two commands set everything up: `make scan` and `make test`. `make help` lists the rest.

CARGO ?= cargo
CONFORMANCE ?= ../shared/conformance
BIN := $(or $(CARGO_TARGET_DIR),target)/release/kubescape
PYTHON_ENV := .cache/python

.DEFAULT_GOAL := help
.PHONY: help build scan test test-parts unit conformance reports lint bench fuzz clean

help: ## Show the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  %-12s %s\n", $$1, $$2 }'

build: ## Build the release binary
	$(CARGO) build --release --package ks-cli

scan: build ## Build, then scan the example manifests; needs no network once crates are fetched
	$(BIN) scan examples --color always

test: build test-parts unit conformance reports ## Install what tests need, then run all of them

test-parts: ## Install what tests need besides cargo
	@tests/install-parts

unit: ## Unit, case and command-line tests
	$(CARGO) test --workspace --quiet

conformance: build ## Recorded cases against the built binary (CONFORMANCE names their folder)
	@PYTHON=$(PYTHON_ENV)/bin/python tests/conformance "$(BIN)" "$(CONFORMANCE)"

reports: build ## Whole reports of the built binary: schemas, pages, papers, equal bytes
	@python=$(PYTHON_ENV)/bin/python; [ -x $$python ] || python=python3; $$python tests/reports "$(BIN)"

lint: ## Formatting, clippy, licences, generated files
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --quiet -- -D warnings
	$(CARGO) deny --log-level error check bans licenses sources
	$(CARGO) dev check

bench: build ## Measure the ratios of docs/performance.md
	$(CARGO) run --release --quiet --package ks-bench -- "$(BIN)"

fuzz: ## Run every fuzz target (FUZZ_SECONDS each, default 60)
	@tests/fuzz $(or $(FUZZ_SECONDS),60)

clean: ## Remove what builds left
	$(CARGO) clean
	rm -rf .cache
