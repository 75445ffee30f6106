# Every target is what CI runs. `make` alone prints this list.

GO       ?= go
VERSION  ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS  := -s -w -X main.version=$(VERSION)
BIN      := bin/sallyport
DATA     ?= .data
PORT     ?= 8080
TOOLS    := $(CURDIR)/.tools
# Where the browser tests leave what they saw, for CI to collect.
export SALLYPORT_TEST_SCREENSHOTS ?= $(CURDIR)/dist/screenshots
GOLANGCI := $(TOOLS)/golangci-lint-v2.15.0
GOVULNCHECK := $(TOOLS)/govulncheck-v1.9.0
CODEGEN := $(TOOLS)/oapi-codegen-v2.8.2
NIMBUS := $(TOOLS)/nimbus-10.9.1
TYPESCRIPT := clients/typescript/node_modules/.package-lock.json
EXAMPLES := $(TOOLS)/examples

.DEFAULT_GOAL := help

.PHONY: help
help: ## print this list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

##@ Run

.PHONY: build
build: ## build bin/sallyport, static
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '$(LDFLAGS)' -o $(BIN) ./cmd/sallyport

.PHONY: run
run: build ## serve on http://localhost:8080, with data in .data and the mailbox page
	$(BIN) serve --data-dir $(DATA)

.PHONY: cluster
cluster: build ## run MariaDB, Redis, two instances, a worker and nginx on http://localhost:8080 (PORT=8080)
	./tools/sh/need mariadbd mariadb-server-core
	./tools/sh/need mariadb mariadb-client-core
	./tools/sh/need redis-server redis-server
	./tools/sh/need nginx nginx-light
	$(GO) run ./tools/cluster -binary $(BIN) -dir .cluster -port $(PORT)

##@ Check

# What `make test` runs, one after another, each even after one that failed.
PARTS := test-guard test-go
ifneq ($(SALLYPORT_TEST_ENGINES),sqlite)
PARTS := python typescript examples-needs $(PARTS) test-clustered
endif

.PHONY: test
test: test-needs ## run every test; installs what it needs with apt, or names what is missing
	$(MAKE) --no-print-directory --keep-going -j1 $(PARTS)

.PHONY: test-guard test-go test-clustered
test-guard:
	$(GO) run ./tools/gotest -C guard -race -shuffle=on ./...
test-go:
	PATH=$$(./tools/sh/bare-path dist/path Makefile .ci/run) && export PATH && $(GO) run ./tools/gotest -race -shuffle=on -timeout 40m ./...
test-clustered:
	PATH=$$(./tools/sh/bare-path dist/path Makefile .ci/run) && export PATH && \
		SALLYPORT_TEST_FORM=clustered SALLYPORT_TEST_CLUSTER=mysql $(GO) run ./tools/gotest -race -shuffle=on -timeout 40m -skip '^TestCluster' ./e2e

# Interpreters that clients/python is tested with: PYTHONS="python3.10 python3.14".
PYTHONS ?= $(shell ./tools/sh/pythons)

.PHONY: python newest-python
newest-python: # before PYTHONS is looked for
	./tools/sh/newest-python
python: build newest-python clients/python/node_modules/.package-lock.json ## build, lint, type-check and test the Python client (PYTHONS="python3.10 python3.14")
	python3 -c 'import ensurepip' 2>/dev/null || ./tools/sh/need python3-ensurepip python3 python3-venv
	./tools/sh/python $(PYTHONS)

clients/python/node_modules/.package-lock.json: clients/python/package-lock.json
	./tools/sh/need node nodejs
	./tools/sh/need npm npm
	npm ci --prefix clients/python --no-audit --no-fund --silent

.PHONY: typescript
typescript: $(TYPESCRIPT) build ## install, lint, type-check, test and pack the TypeScript clients
	./tools/sh/need chromium chromium
	cd clients/typescript && npm run lint && npm run build && npm test && node pack.js $(CURDIR)/dist
	test "$$(uname -sm)" != 'Linux x86_64' || ./tools/sh/runtimes

.PHONY: soak
soak: test-needs python ## run the tests that have rounds with their full counts, and write docs/operations/soak.md
	SALLYPORT_SOAK=1 $(MAKE) --no-print-directory typescript
	$(GO) run ./tools/gotest -soak -page docs/operations/soak.md

# SALLYPORT_TEST_ENGINES=sqlite is the quick loop, which needs no servers.
.PHONY: test-needs
test-needs:
	./tools/sh/need gcc gcc libc6-dev
	./tools/sh/need curl curl
	./tools/sh/need oathtool oathtool
	$(MAKE) --no-print-directory moving-needs
ifneq ($(SALLYPORT_TEST_ENGINES),sqlite)
	./tools/sh/need mariadbd mariadb-server-core
	./tools/sh/need mariadb-dump mariadb-client
	./tools/sh/mysql
	./tools/sh/need initdb postgresql
	test "$$(uname)" != Linux || ./tools/sh/need eatmydata eatmydata
	./tools/sh/need redis-server redis-server
	./tools/sh/need nginx nginx-light
	./tools/sh/need caddy caddy
	./tools/sh/need haproxy haproxy
	./tools/sh/need apache2 apache2 lua-socket
	test "$$(uname)" != Linux || ./tools/sh/need systemd-analyze systemd
	./tools/sh/need chromium chromium
	./tools/sh/need node nodejs
	./tools/sh/need npm npm
	npm ci --prefix e2e/browser --no-audit --no-fund
	$(MAKE) --no-print-directory contract-needs
endif

# Applications that users move from; what they are made of stands in e2e/moving.
.PHONY: moving-needs
moving-needs:
	python3 -c 'import ensurepip' 2>/dev/null || ./tools/sh/need python3-ensurepip python3 python3-venv
	test -x $(TOOLS)/moving/bin/python || python3 -m venv $(TOOLS)/moving
	$(TOOLS)/moving/bin/python -m pip install --quiet --disable-pip-version-check --requirement e2e/moving/requirements.txt

# What reads docs/openapi.json as strangers do; their versions stand in e2e/contract.
.PHONY: contract-needs
contract-needs: $(CODEGEN) $(NIMBUS)
	./tools/sh/need node nodejs
	./tools/sh/need npm npm
	python3 -c 'import ensurepip' 2>/dev/null || ./tools/sh/need python3-ensurepip python3 python3-venv
	npm ci --prefix e2e/contract --no-audit --no-fund
	test -x $(TOOLS)/contract/bin/python || python3 -m venv $(TOOLS)/contract
	$(TOOLS)/contract/bin/python -m pip install --quiet --disable-pip-version-check --requirement e2e/contract/requirements.txt
	cd e2e/contract/go && $(GO) mod download
	./tools/sh/need javac default-jdk-headless

# What registries have for examples/, for their tests, which ask none.
.PHONY: examples-needs
examples-needs: packages
	./tools/sh/need curl curl
	./tools/sh/need javac default-jdk-headless
	./tools/sh/need mvn maven default-jdk-headless
	./tools/sh/examples $(EXAMPLES)

.PHONY: lint
lint: $(GOLANGCI) ## run the linters
	$(GOLANGCI) run ./...
	cd guard && $(GOLANGCI) run ./...

.PHONY: verify
verify: ## regenerate what is generated and fail if that changes anything
	$(GO) mod verify
	$(MAKE) --no-print-directory gen
	@git diff --exit-code -- docs guard clients/testdata internal/conformance go.mod go.sum || { echo 'generated files are out of date: run make gen and commit'; exit 1; }

.PHONY: fuzz
fuzz: ## run each fuzz target for 30 s
	./tools/sh/fuzz 30s

.PHONY: cover
cover: ## write cover.html
	$(GO) test -coverprofile=cover.out -coverpkg=./internal/... ./...
	$(GO) tool cover -html=cover.out -o cover.html

.PHONY: bench
bench: ## measure speed and size as ratios, and compare them with their aims and bounds
	$(GO) run ./bench

.PHONY: vuln
vuln: $(GOVULNCHECK) ## look for known vulnerabilities in what is used
	./tools/sh/vuln $(GOVULNCHECK) ./...
	./tools/sh/vuln $(GOVULNCHECK) -C guard ./...

##@ Ship

.PHONY: packages
packages: build $(TYPESCRIPT) ## build bin/sallyport, and into dist what examples/ install until it is published
	python3 -c 'import ensurepip' 2>/dev/null || ./tools/sh/need python3-ensurepip python3 python3-venv
	test -x $(EXAMPLES)/python/bin/pip || python3 -m venv $(EXAMPLES)/python
	$(EXAMPLES)/python/bin/pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist/python ./clients/python
	cd clients/typescript && npm run --silent build && node pack.js $(CURDIR)/dist

.PHONY: release
release: ## build and check archives, checksums and bills of materials in dist
	$(GO) run ./tools/release -version $(VERSION) -out dist

.PHONY: man
man: ## write the manual pages into dist/man
	$(GO) run -tags man ./cmd/sallyport man dist/man

.PHONY: image
image: ## build the container image with docker
	docker build --build-arg VERSION=$(VERSION) -t sallyport:$(VERSION) .

.PHONY: digests
digests: ## name images by digest, which docker asks their registries for
	./tools/sh/digests --write Dockerfile deploy/compose.yaml

##@ Write

.PHONY: fmt
fmt: $(GOLANGCI) ## format
	$(GOLANGCI) fmt ./...
	cd guard && $(GOLANGCI) fmt ./...

.PHONY: gen
gen: ## regenerate docs/openapi.json, docs/errors.md, docs/configuration.yaml and docs/security/columns.md
	$(GO) run ./tools/gen

.PHONY: fixture
fixture: ## write down a database of today's schema on each engine, for upgrades from it to be tested
	$(GO) test ./e2e -run '^TestUpgrade$$' -count=1 -fixture

.PHONY: gallery
gallery: ## write every page in every state, language and scheme to dist/gallery
	$(GO) test ./internal/webui/gallerytest -count=1 -run TestTheGalleryCanBeLookedAt -gallery $(CURDIR)/dist/gallery

$(GOLANGCI):
	GOBIN=$(TOOLS) $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
	mv $(TOOLS)/golangci-lint $@

$(CODEGEN):
	GOBIN=$(TOOLS) $(GO) install github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2
	mv $(TOOLS)/oapi-codegen $@

# npm leaves this file when it is done, so that a lock that has not changed installs nothing.
$(TYPESCRIPT): $(wildcard clients/typescript/package*.json clients/typescript/*/package.json)
	./tools/sh/need node nodejs
	./tools/sh/need npm npm
	node -e 'process.exit(Number(process.versions.node.split(".")[0] < 20))' || { echo 'missing: node 20 or newer' >&2; exit 1; }
	cd clients/typescript && npm ci
	touch $@

$(NIMBUS): e2e/contract/nimbus/pom.xml
	./tools/sh/need mvn maven default-jdk-headless
	rm -rf $@
	mvn -B -q -f $< dependency:copy-dependencies -DoutputDirectory=$@
	touch $@

$(GOVULNCHECK):
	GOBIN=$(TOOLS) $(GO) install golang.org/x/vuln/cmd/govulncheck@v1.9.0
	mv $(TOOLS)/govulncheck $@
