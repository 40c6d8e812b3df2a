# `make` alone lists the targets. Needs python3 (3.9 or newer), node and make; fetches the rest.
PYTHON ?= python3
TOOLCHAIN := $(PYTHON) -m local.toolchain
LISA := $(TOOLCHAIN) --run local python -m local.supervisor
DEV := $(TOOLCHAIN) --run dev
SAM := $(TOOLCHAIN) --run sam sam
STAGING := PYTHONPATH=.:containers/staging:containers/model:layers/stacks $(TOOLCHAIN) --run staging python -m staging
REDRIVE := PYTHONPATH=.:containers/staging $(TOOLCHAIN) --run local python -m operations.redrive
PACKAGES := layers/kernel:layers/stacks:functions/configuration/lib:functions/health/lib:functions/identity/lib:functions/models/lib:functions/prompts/lib:functions/repositories/lib:functions/sessions/lib:functions/usage/lib:containers/model:containers/repository:containers/gateway:lisa-sdk
ENVIRONMENT ?= dev
CONFIG ?= config.yaml
QUEUE ?= undelivered
TEMPLATES = template.yaml $(shell find events layers functions containers statemachines operations \
  -name '*.yaml' ! -name '*.asl.yaml')
WORKFLOWS = $(shell find statemachines -name '*.asl.yaml')

.DEFAULT_GOAL := help
.PHONY: help up down logs status check bench bench-gateway bench-creation bench-documents bench-load test lock build deploy \
	list-stacks listStacks guided destroy dev-cert hooks format openapi docs operations dead-letters redrive stage-site stage-model stage-models modelCheck stage-image

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

up: ## start the whole product here and print how to reach it (VLLM=1: with vLLM)
	@$(LISA) up

down: ## stop it; the data stays in .local
	@$(LISA) down

logs: ## follow what it says
	@$(LISA) logs

status: ## show what runs, and the models
	@$(LISA) status

check: ## lint, types, import rules, templates, unit and contract tests
	@$(DEV) ruff check .
	@$(DEV) ruff format --check .
	@$(DEV) mypy
	@$(DEV) mypy --config-file lisa-sdk/pyproject.toml
	@PYTHONPATH=$(PACKAGES) $(DEV) lint-imports
	@$(DEV) cfn-lint --format parseable -- $(TEMPLATES)
	@$(TOOLCHAIN) --run checkov python -m local.checkov
	@$(TOOLCHAIN) --npm local/asl asl-validator $(addprefix --yaml-path ,$(WORKFLOWS))
	@$(TOOLCHAIN) --frontend check
	@$(DEV) pytest tests/unit tests/contracts
	@$(DEV) pytest lisa-sdk/tests

test: check ## check, then every other test on the emulator and on the running product
	@$(TOOLCHAIN) emulator lambda gateway llamacpp demo postgres staging awscli
	@$(TOOLCHAIN) --chromium
	@$(DEV) pytest tests/integration tests/workflows tests/emulator
	@$(DEV) pytest tests/e2e

bench: bench-gateway bench-documents bench-creation ## all of the next three

bench-gateway: ## measure the gateway beside its peers, its memory, and idle callers: 12 minutes
	@$(TOOLCHAIN) emulator lambda gateway
	@$(DEV) python -m tests.bench.gateway $(BENCH)
	@$(DEV) python -m tests.bench.gateway.soak
	@$(DEV) python -m tests.bench.gateway.idle

bench-documents: ## measure reading, finding and the vector store, each beside a baseline
	@$(TOOLCHAIN) demo postgres
	@PYTHONPATH=$(PACKAGES) $(DEV) python -m tests.bench.ingestion
	@PYTHONPATH=$(PACKAGES) $(DEV) python -m tests.bench.retrieval
	@PYTHONPATH=$(PACKAGES) $(DEV) python -m tests.bench.stores

bench-creation: up ## measure what the product adds to a model's creation, on the product that runs
	@$(DEV) python -m tests.bench.creation

bench-load: up ## use everything at once until something breaks, on the product that runs: 6 minutes
	@$(DEV) python -m tests.bench.load

dead-letters: ## what nothing could handle, and why: make dead-letters ENVIRONMENT=dev
	@$(REDRIVE) list --environment '$(ENVIRONMENT)'

redrive: ## give it again to whom it was for: make redrive QUEUE=undelivered ENVIRONMENT=dev
	@$(REDRIVE) redrive --environment '$(ENVIRONMENT)' --queue '$(QUEUE)'

openapi: ## write functions/api/openapi.json from the handlers, the web application's types and the client's
	@PYTHONPATH=$(PACKAGES) $(DEV) python -m tests.api_document.generate
	@PYTHONPATH=$(PACKAGES) $(DEV) python -m tests.api_document.python_client
	@$(TOOLCHAIN) --npm frontend openapi-typescript functions/api/openapi.json \
	  -o frontend/src/api/schema.d.ts --default-non-nullable=false

operations: ## write the templates of operations/ from their descriptions
	@PYTHONPATH=$(PACKAGES) $(DEV) python -m tests.operations_template.generate

docs: ## write docs/api.md, architecture.md and compatibility.md from the sources
	@PYTHONPATH=$(PACKAGES) $(DEV) python -m tests.written.generate

hooks: ## have git lint what is committed in this clone
	@git config core.hooksPath .githooks

format: ## format the code
	@$(DEV) ruff format .
	@$(DEV) ruff check --fix .

lock: ## lock every dependency group anew, with hashes
	@$(TOOLCHAIN) --lock

build: ## sam build
	@$(SAM) build

deploy: $(if $(BUILT),,build) ## deploy to AWS: make deploy ENVIRONMENT=dev STACK=serve (one part more) BUILT=yes (no build)
	@$(if $(STACK),overrides="$$($(STAGING) parts --environment '$(ENVIRONMENT)' '$(STACK)')" && \
	  eval) $(SAM) deploy --config-env $(ENVIRONMENT) $(if $(STACK),--parameter-overrides "$$overrides")
	@$(MAKE) --no-print-directory stage-site ENVIRONMENT='$(ENVIRONMENT)' SITE='$(SITE)'

guided: build ## deploy to AWS, asked for every parameter
	@$(SAM) deploy --guided

destroy: ## remove a deployment from AWS, asked before: make destroy ENVIRONMENT=dev
	@$(STAGING) remove --environment '$(ENVIRONMENT)'

dev-cert: ## a certificate of our own for the gateway's balancer: make dev-cert DOMAIN=llm.example
	@$(STAGING) certificate --environment '$(ENVIRONMENT)' '$(DOMAIN)'

stage-site: ## the web application alone, built or given: make stage-site ENVIRONMENT=dev SITE=folder
	@$(STAGING) site --environment '$(ENVIRONMENT)' "$(or $(SITE),$$($(TOOLCHAIN) --site))"

stage-model: ## weights into the models bucket: make stage-model MODEL=org/name ENVIRONMENT=dev
	@$(STAGING) model --environment '$(ENVIRONMENT)' --bucket '$(BUCKET)' \
	  $(if $(REVISION),--revision '$(REVISION)') $(if $(INCLUDE),--include '$(INCLUDE)') '$(MODEL)'

stage-models: ## those that a config.yaml lists as ecsModels: make stage-models CONFIG=config.yaml
	@$(STAGING) models --environment '$(ENVIRONMENT)' --bucket '$(BUCKET)' '$(CONFIG)'

modelCheck: stage-models

stage-image: ## an image into the registry: make stage-image CONTAINER=vllm ENVIRONMENT=dev
	@$(STAGING) image --environment '$(ENVIRONMENT)' $(if $(BASE_IMAGE),--base-image '$(BASE_IMAGE)') \
	  $(if $(TARBALL),--tarball '$(TARBALL)') $(if $(DIRECTORY),--directory '$(DIRECTORY)') \
	  $(if $(REPLACE),--replace) '$(CONTAINER)'

list-stacks: ## list the parts that STACK names
	@PYTHONPATH=containers/staging $(PYTHON) -m staging.parts

listStacks: list-stacks
