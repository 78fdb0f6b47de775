# Everything from a fresh Debian 12 with Swift 6.3: `make demo` shows it, `make test` proves it.

SHELL := /bin/bash
PACKAGES := pkg-config libopenblas-dev libsqlite3-dev libpng-dev zlib1g-dev libturbojpeg0-dev libssl-dev libdnnl-dev
ASSAY := .build/release/assay
DEMO := .build/demo
PEER := .build/peer/bin/python

# One thread a process, and one set of OpenBLAS kernels per kind of processor: the same bits whatever the machine is doing.
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
export OPENBLAS_CORETYPE := $(shell grep -qm1 avx512f /proc/cpuinfo && echo SkylakeX || echo Haswell)
unexport OPENBLAS_L2_SIZE

.PHONY: setup setup-browser build test test-release test-allocations test-portable test-threads fuzz lint format bench study report check nightly demo clean

## Installs the Debian packages that are missing; quick where none is.
setup:
	@missing=""; for package in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; done; \
	if [ -n "$$missing" ]; then \
	  sudo=""; if [ "$$(id -u)" != 0 ]; then sudo=sudo; fi; \
	  echo "setup: installing$$missing"; \
	  $$sudo apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi

## Installs the browser that pages are tried in; without it `make test` skips those tests and says so.
setup-browser:
	@$(MAKE) --no-print-directory setup PACKAGES="chromium chromium-driver fonts-dejavu-core"

## Leaves the program at .build/release/assay.
build: setup
	swift build -c release --product assay
# What was touched and not changed is not linked again, and the program is newer than it all the same.
	@if [ -n "$$(find Sources -type f ! -name '*.md' -newer .build/release/assay)" ]; then touch .build/release/assay; fi

## Sets up, builds and runs every test; a debug build, whose kernels are optimised all the same and whose checks are on.
test: setup
	swift test

## The same tests of an optimised build: those too that count a step's allocations, which a debug build cannot be held to.
test-release: setup
	swift test -c release

## Those alone, for whoever has just run the others.
test-allocations: setup
	swift test -c release --filter AllocationTests

## The engine's tests on what older processors have: our kernels without vector instructions beyond x86-64's first, and
## oneDNN's for AVX2. Built apart, because the kernels differ.
test-portable: setup
	ONEDNN_MAX_CPU_ISA=AVX2 swift test --scratch-path .build/portable -Xcc -DKERNEL_PORTABLE \
	  --filter 'TensorsTests|ExecutionTests'

# What does several things at once: sweeps with their workers, leases, stores, downloads, an executor's threads.
AT_ONCE := HarnessTests.SweepTests|LeaseTests|ConcurrencyTests|DownloadTests|PreparationTests|ThreadsTests|StageTests|EndToEndTests.SweepTests

## Their tests, of a program in which ThreadSanitizer watches every access to memory: one that races ends its process with
## exit code 66. Built apart, and with portable kernels, since the others are chosen before the sanitizer is there.
test-threads: setup
	TSAN_OPTIONS=halt_on_error=1 swift test --sanitize thread --scratch-path .build/threads -Xcc -DKERNEL_PORTABLE \
	  --filter '$(AT_ONCE)'

# How long each parser is fuzzed, and which.
SECONDS ?= 60
TARGET ?= all
FUZZ := .build/fuzz

## Every parser in turn against inputs that libFuzzer makes up, under AddressSanitizer. A trap, a second without an answer
## or too much memory ends a target, and its input stays in .build/fuzz/findings.
fuzz: setup
	ASSAY_FUZZ=1 swift build -c release --scratch-path $(FUZZ) --product fuzz -Xswiftc -enable-testing \
	  -Xswiftc -sanitize=fuzzer,address -Xswiftc -use-ld=lld -Xcc -fsanitize=address,fuzzer-no-link -Xcc -DKERNEL_PORTABLE
	Tests/FuzzTests/fuzz $(FUZZ) $(SECONDS) $(TARGET)

lint:
	swift format lint --strict -r Sources Tests Package.swift
	Tests/Lint/check

## Times our training step against PyTorch's in one run, and a store's transactions; QUICK=1 leaves PyTorch out.
bench: setup
	swift build -c release --product benchmark
	$(if $(QUICK),,@$(PEER) -c 'import torch, scipy' 2>/dev/null || { python3 -m venv .build/peer && .build/peer/bin/pip install -q torch numpy scipy; })
	python3 Tests/Benchmarks/compare.py .build/release/benchmark $(if $(QUICK),-,$(PEER)) .build/bench.json
	@echo "eight processes writing to one store:"; .build/release/benchmark store 8 200

format:
	swift format format -i -r Sources Tests Package.swift

# What Reports is made of: of dpVAE its twelve methods.
METHODS := vae dpvae beta-vae-h beta-dpvae-h beta-vae-b beta-dpvae-b beta-tcvae beta-tc-dpvae factor-vae factor-dpvae \
  info-vae info-dpvae

## Trains the three papers' methods on MNIST, Two-Stage VAE's on Fashion-MNIST too, and writes Reports from them: some eight
## hours on one core, less on more. What is trained already is not trained again.
study: build
	$(ASSAY) run $(addprefix dpvae/mnist/,$(METHODS)) --tier nightly --seeds 0..4
	$(ASSAY) run 'sigma-vae/mnist/*' --tier nightly --seeds 0..2
	$(ASSAY) run 'two-stage-vae/mnist/*' 'two-stage-vae/fashion-mnist/*' --tier nightly --seeds 0
	$(MAKE) report

## Writes Reports again from the default store.
report: build
	$(ASSAY) report --tier nightly -o Reports

check: lint test

# What a night trains, and the claims that it must decide.
NIGHTLY ?= dpvae/mnist/vae dpvae/mnist/dpvae
CLAIMS ?= 'dpvae/mnist/dpvae-*'
TIER ?= nightly
SEEDS ?= 0..4
NIGHT := $(or $(ASSAY_HOME),$(HOME)/.local/share/assay)
SUMMARY ?= $(NIGHT)/summary.md

## A night's work: trains again, decides claims, compares with the last baseline (the first night makes one), reports.
nightly: build
	@status=0; keep() { [ $$status != 0 ] || status=$$1; }; \
	$(ASSAY) run $(NIGHTLY) --tier $(TIER) --seeds $(SEEDS) --force || keep $$?; \
	$(ASSAY) verify $(CLAIMS) --tier $(TIER) --junit $(NIGHT)/claims.xml || keep $$?; \
	$(ASSAY) baseline show >/dev/null 2>&1 || $(ASSAY) baseline promote first --tier $(TIER) || keep $$?; \
	$(ASSAY) compare $(NIGHTLY) --tier $(TIER) --summary $(SUMMARY) || keep $$?; \
	$(ASSAY) report -o $(NIGHT)/report || keep $$?; \
	exit $$status

## The main job on data that the program makes itself: 20 runs, their verdicts and their report.
demo: build
	@rm -rf $(DEMO)
	$(ASSAY) run 'dpvae/two-moons/vae' 'dpvae/two-moons/dpvae' 'dpvae/glyphs/vae' 'dpvae/glyphs/dpvae' \
	  --tier smoke --seeds 0..4 --store $(DEMO)/assay.sqlite --data $(DEMO)/data
	@echo
	@$(ASSAY) verify dpvae --tier smoke --store $(DEMO)/assay.sqlite || [ $$? -le 2 ]
	@echo
	@$(ASSAY) report dpvae --store $(DEMO)/assay.sqlite -o $(DEMO)/report

clean:
	rm -rf .build
