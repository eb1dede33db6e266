# make demo     the main job on the sample shop          make test     every test, and the unit tests under sanitizers
# make build    the program, build/medley                make fuzz     each parser on made-up input, FUZZ_SECONDS each
# make format   lays the sources out                     make lint     layout, layers, lengths, paths, clang-tidy
# make demo-music   sounds, clips, covers and words      make demo-films   MovieLens; DIR=folder adds posters and plots
# make results  docs/results.md again, from the data in $MEDLEY_DATA
# make bench    our kernels beside the machine's own speed          make bench-peers   beside the libraries that do the same
# make models   small pretrained networks for tests and benches (tools/models)
#
# Each installs what it needs and is missing (tools/packages.txt). JOBS: how many compilers at once.
JOBS ?= $(shell nproc)
FUZZ_SECONDS ?= 10
CXX_FILES = git ls-files '*.h' '*.cpp'

.PHONY: all build demo demo-music demo-films results bench bench-peers test test-release test-sanitized fuzz format lint \
        check-format check-layers check-length \
        check-paths tidy setup setup-sanitizers setup-checks models clean
all: build

setup:
	@tools/setup build
setup-sanitizers: setup
	@tools/setup sanitizers
setup-checks: setup
	@tools/setup checks

# Some tests need them, and skip where they could not be made.
models:
	@tools/models/make

# Configured again when these options may have changed.
build/build.ninja: Makefile | setup
	@cmake -S . -B build -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_UNITY_BUILD=ON
	@touch $@
# For the unit tests and the fuzz targets.
build-sanitized/build.ninja: Makefile | setup-sanitizers
	@cmake -S . -B build-sanitized -G Ninja -DCMAKE_BUILD_TYPE= -DMEDLEY_SANITIZE=ON -DCMAKE_UNITY_BUILD=ON \
	  -DCMAKE_CXX_COMPILER=clang++-19
	@touch $@

build: setup build/build.ninja
	@cmake --build build --parallel $(JOBS) --target medley

demo: build
	@tools/demo.sh
demo-music: build
	@tools/setup music
	@tools/demo_music.sh
demo-films: build
	@tools/demo_films.sh $(if $(DIR),"$(DIR)")
# Each experiment of docs/results.md, held to its target; skips where MEDLEY_DATA is not set.
results: build
	@python3 bench/results.py

# Neither is part of `make test`. The peers are Python's, pinned by bench/peers.txt, in an environment of their own.
bench: setup build/build.ninja
	@tools/setup bench
	@cmake --build build --parallel $(JOBS) --target bench_kernels
	@build/bench_kernels --benchmark_counters_tabular=true
bench-peers: build build/peers/made
	@cmake --build build --parallel $(JOBS) --target bench_extractor --target bench_network
	@build/peers/bin/python bench/peers.py build
	@build/peers/bin/python bench/files.py build
	@tools/models/make
	@build/peers/bin/python bench/encoders.py build
build/peers/made: bench/peers.txt
	@tools/setup bench
	@python3 -m venv build/peers
	@build/peers/bin/pip install --quiet --requirement bench/peers.txt
	@touch $@

test: test-release test-sanitized
test-release: setup build/build.ninja
	@tools/models/make || echo "make test: without pretrained networks; the tests that need one skip"
	@cmake --build build --parallel $(JOBS)
	@python3 tools/run_tests.py build --jobs $(JOBS)
test-sanitized: setup-sanitizers build-sanitized/build.ninja | test-release
	@cmake --build build-sanitized --parallel $(JOBS) --target unit_tests
	@python3 tools/run_tests.py build-sanitized --jobs $(JOBS) --label unit

fuzz: setup-sanitizers build-sanitized/build.ninja
	@cmake --build build-sanitized --parallel $(JOBS) --target fuzz_targets
	@tools/fuzz.sh build-sanitized $(FUZZ_SECONDS) $(JOBS)

format: setup-checks
	@$(CXX_FILES) | xargs -r clang-format-19 -i
lint: check-format check-layers check-length check-paths tidy
check-format: setup-checks
	@$(CXX_FILES) | xargs -r clang-format-19 --dry-run -Werror
check-layers: setup
	@python3 tools/check_layers.py
check-length: setup
	@python3 tools/check_length.py
check-paths: setup
	@python3 tools/check_paths.py
# Half an hour the first time, then only for what has changed (tools/tidy.py). Nothing is built in its folder, so that
# nothing else would bring it up to date.
tidy: setup-checks
	@cmake -S . -B build-tidy -G Ninja -DCMAKE_BUILD_TYPE=Release >/dev/null
	@python3 tools/tidy.py build-tidy --jobs $(JOBS)

clean:
	rm -rf build build-sanitized build-tidy build-asan build-fuzz
