#!/usr/bin/env bash
# Runs every fuzz target of a build folder for some seconds over its seeds:   tools/fuzz.sh build-fuzz 10
# A failing target shows the end of its log and leaves its input in <build folder>/crashes. Last line: N passed, N failed.
set -euo pipefail
build=$(cd "${1:?name a build folder}" && pwd)
seconds=${2:-10}
seeds=$(cd "$(dirname "$0")/../tests/fuzz/corpus" && pwd)
passed=0 failed=0

mkdir -p "$build/crashes"
for target in "$build"/*_fuzz; do
  [ -x "$target" ] || continue
  name=$(basename "$target" _fuzz)
  found=$build/found/$name # grows from run to run; the seeds in the repository stay as they are
  mkdir -p "$found"
  folders=("$found")
  [ -d "$seeds/$name" ] && folders+=("$seeds/$name")
  if "$target" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1 \
    -artifact_prefix="$build/crashes/$name-" "${folders[@]}" >"$build/$name.log" 2>&1; then
    runs=$(awk '/stat::number_of_executed_units/ { print $2 }' "$build/$name.log")
    echo "$name: ok, ${runs:-?} runs"
    passed=$((passed + 1))
  else
    echo "$name: FAILED"
    tail -n 40 "$build/$name.log" | sed 's/^/  /'
    failed=$((failed + 1))
  fi
done
[ $((passed + failed)) -gt 0 ] || { echo "no fuzz target in $build" >&2; failed=1; }
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
