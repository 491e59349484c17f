# Everything goes through these. `make demo` and `make test` install what is missing; see scripts/prepare.
# ARGS is handed on: make demo ARGS="--listen 127.0.0.1:9000", make test ARGS=problems

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help demo test lint bench

# Rust's installer puts cargo here, and only new logins see it.
export PATH := $(PATH):$(HOME)/.cargo/bin
# The build reads the queries' answers from the clone, never from a database that happens to be in the shell.
unexport DATABASE_URL
export SQLX_OFFLINE := true

help:
	@echo "make demo    install what is missing, build, serve invented data on http://127.0.0.1:8080"
	@echo "make test    install what the tests need, run the whole suite"
	@echo "make lint    format and clippy"
	@echo "make bench   measure, with optimisation"

demo:
	@scripts/prepare demo
	@echo "==> Building (the first time takes some minutes)"
	@cargo build
	@echo "==> Starting the demo (Ctrl-C ends it)"
	@exec cargo run --quiet -- demo $(ARGS)

test:
	@scripts/prepare test
	@echo "==> Building and running the tests (the first time takes some minutes)"
	@exec cargo test $(ARGS)

lint:
	@scripts/prepare lint
	@echo "==> Checking the format"
	@cargo fmt --all --check
	@echo "==> Running clippy (the first time takes some minutes)"
	@cargo clippy --all-targets -- -D warnings

bench:
	@scripts/prepare demo
	@echo "==> Building with optimisation and measuring (the first time takes many minutes)"
	@exec cargo bench $(ARGS)
