# Two commands for a newcomer: `make demo` and `make test`.
.PHONY: demo test check build assets tools test-tools bench

build: assets
	cargo build --release --bin mandate

demo: build
	target/release/mandate --data demo-data demo

assets: assets/node_modules
	cd assets && npm run --silent build

assets/node_modules: assets/package-lock.json
	cd assets && npm ci --silent --no-audit --no-fund
	touch assets/node_modules

# PostgreSQL's server programs, for the tests that run on both databases.
test-tools:
	@ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || [ -n "$$MANDATE_TEST_POSTGRES_URL" ] || \
	  { apt-get update -q && apt-get install -y -q --no-install-recommends postgresql; }

test: assets test-tools
	cargo test --workspace --quiet

check:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings

bench: build
	sh benches/import.sh
