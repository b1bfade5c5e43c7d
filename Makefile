# Two commands for a newcomer: `make demo` and `make test`.
.PHONY: demo test test-browser test-sealing power-cuts check build assets test-tools bench

build: assets
	cargo build --release --bin mandate

demo: build
	target/release/mandate --data demo-data demo

assets: assets/node_modules
	cd assets && npm run --silent build

assets/node_modules: assets/package-lock.json
	cd assets && npm ci --silent --no-audit --no-fund
	touch assets/node_modules

# PostgreSQL's server programs, for the tests that run on both databases; Chromium, for those in a browser; a Python with
# Ed25519, for the second verifier of the ledger; the age tool, for the tests of sealed files.
test-tools:
	@ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || [ -n "$$MANDATE_TEST_POSTGRES_URL" ] || \
	  { apt-get update -q && apt-get install -y -q --no-install-recommends postgresql; }
	@[ -n "$$CHROMIUM" ] || command -v chromium >/dev/null 2>&1 || \
	  { apt-get update -q && apt-get install -y -q --no-install-recommends chromium fonts-dejavu-core; }
	@python3 -c 'import cryptography' 2>/dev/null || /usr/bin/python3 -c 'import cryptography' 2>/dev/null || \
	  { apt-get update -q && apt-get install -y -q --no-install-recommends python3 python3-cryptography; }
	@command -v age >/dev/null 2>&1 || { apt-get update -q && apt-get install -y -q --no-install-recommends age; }

test: assets test-tools
	cargo test --workspace --quiet
	$(MAKE) test-sealing
	$(MAKE) test-browser

test-browser: assets test-tools tests/browser/node_modules
	cargo build --workspace --quiet
	cd tests/browser && node run.mjs

# The browser's client against a server that cheats, and files that it, the command line and the age tool write for each other.
test-sealing: assets test-tools
	cargo build --quiet --workspace --example commands
	cd tests/sealing && node build.mjs && node --test

# 500 power cuts under an office that writes, on a disk of our own (/dev/fuse; only the superuser can mount it). Nothing may be
# lost; with a database that syncs less (for information) or not at all, the same cuts must be seen to harm.
power-cuts:
	cargo build --quiet -p mandate-power
	target/debug/mandate-power cuts 500 FULL
	target/debug/mandate-power cuts 100 NORMAL
	target/debug/mandate-power cuts 100 OFF

tests/browser/node_modules: tests/browser/package-lock.json
	cd tests/browser && npm ci --silent --no-audit --no-fund
	touch tests/browser/node_modules

check:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings

bench: build
	sh benches/import.sh
	sh benches/load.sh
	cargo run --quiet --release -p mandate-extraction --example measure
	cargo run --quiet --release -p mandate-themes --example evaluate
	cargo run --quiet --release -p mandate-repetition --example measure
	cargo run --quiet --release -p mandate-ledger --example throughput
	cargo run --quiet --release -p mandate-ledger-tree --example attacks -- 100000
