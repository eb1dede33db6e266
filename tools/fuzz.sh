#!/usr/bin/env bash
# Runs every fuzz target of a build folder for some seconds over its seeds, some of them at once:
#   tools/fuzz.sh build-sanitized 10 2
# A failing target shows the end of its log and leaves its input in <build folder>/crashes. Last line: N passed, N failed.
set -euo pipefail
build=$(cd "${1:?name a build folder}" && pwd)
seconds=${2:-10}
at_once=${3:-1}
seeds=$(cd "$(dirname "$0")/../tests/fuzz/corpus" && pwd)

# run_target NAME: its log is $build/NAME.log; prints one line.
run_target() {
  local name=$1 runs
  local folders=("$build/found/$name") # grows from run to run; the seeds in the repository stay as they are
  mkdir -p "${folders[0]}"
  [ -d "$seeds/$name" ] && folders+=("$seeds/$name")
  if "$build/${name}_fuzz" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 -max_len=65536 \
    -print_final_stats=1 -artifact_prefix="$build/crashes/$name-" "${folders[@]}" >"$build/$name.log" 2>&1; then
    runs=$(awk '/stat::number_of_executed_units/ { print $2 }' "$build/$name.log")
    echo "$name: ok, ${runs:-?} runs"
  else
    echo "$name: FAILED"
  fi
}

mkdir -p "$build/crashes"
results=$(mktemp)
trap 'rm -f "$results"' EXIT
for target in "$build"/*_fuzz; do
  [ -x "$target" ] || continue
  while [ "$(jobs -pr | wc -l)" -ge "$at_once" ]; do wait -n || true; done
  run_target "$(basename "$target" _fuzz)" >>"$results" &
done
wait

sort "$results"
passed=$(grep -c ': ok, ' "$results" || true)
failed=$(grep -c ': FAILED$' "$results" || true)
sed -n 's/: FAILED$//p' "$results" | while read -r name; do
  echo "$name:"
  tail -n 40 "$build/$name.log" | sed 's/^/  /'
done
[ $((passed + failed)) -gt 0 ] || { echo "no fuzz target in $build" >&2; failed=1; }
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
