# One door for everything; `make` alone lists what there is. The work is done by the scripts in infra/bin.
.DEFAULT_GOAL := help
.PHONY: help build test test-domain up down demo backup drill certs corpus golden contracts release-contracts bench ci fmt clean

# build servers would stay behind
export MSBUILDDISABLENODEREUSE := 1
export UseSharedCompilation := false

help: ## this list; ENGINE=marten takes the other engine, CONTAINERS=true with test has Testcontainers start the servers (docs/engines.md)
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## compile everything (Release, warnings are errors)
	@bash -c '. infra/bin/lib/common.sh; engine_restores'
	dotnet build Microservices.sln -c Release -v quiet --nologo

test: ## every test project on real PostgreSQL and RabbitMQ; ends in `N passed, N failed`
	@infra/bin/test

test-domain: ## only the domain's specifications: seconds, no servers
	@infra/bin/test Domain

up: ## start the whole system on this machine; writes .run/env
	@infra/bin/stack up

down: ## stop it again; the data stays in .run
	@infra/bin/stack down

demo: ## play the story through all five services, then stop everything
	@infra/bin/demo

backup: ## a base backup of the running stack, and all WAL up to now; BACKUP_DIR says where to
	@infra/bin/backup

drill: ## restore the last backup beside the running stack, judge it and record that; AT=2026-01-31T12:00:00Z for an instant
	@infra/bin/drill $(if $(AT),--at $(AT))

certs: ## authority, server certificate and other secrets that are missing in .run/secrets; `clinic rotate certificates` renews
	@infra/bin/clinic secrets init $(or $(RUN_DIR),.run)/secrets

bench: ## measure appends, loads and lags beside plain Npgsql; BENCH=--quick for a try; writes artifacts/bench.json
	@infra/bin/bench $(BENCH)

corpus: ## at a release: keep what this version writes, for the tests of later ones to migrate; VERSION=1.0.0
	@infra/bin/corpus tests/System/Corpora/$(or $(VERSION),$(shell date -u +%F)).tar.gz

golden: ## write the golden files of new contracts; existing ones never change
	@UPDATE_GOLDEN=1 infra/bin/test Contracts

contracts: ## write docs/openapi and docs/asyncapi.yaml as the code has them
	@UPDATE_CONTRACTS=1 infra/bin/test Contracts

release-contracts: ## promise today's interfaces: what breaks them fails from now on
	@UPDATE_CONTRACTS=1 RELEASE_CONTRACTS=1 infra/bin/test Contracts

ci: ## what the build machine runs
	@.ci/run

fmt: ## format the code
	dotnet format whitespace Microservices.sln --no-restore

clean: ## remove what builds and tests leave; keeps the data in .run
	find . -type d \( -name bin -o -name obj \) -not -path './infra/bin' -not -path './.git/*' -not -path './.run/*' -prune -exec rm -rf {} +
	rm -rf TestResults
