#!/usr/bin/env bash
# The main job on the sample shop, from raw tables and pictures to explained recommendations. The products are real,
# the shoppers simulated: the numbers show the path and claim nothing. Works in build/shop-simulated, made anew each time.
set -euo pipefail
cd "$(dirname "$0")/.."
shop=build/shop-simulated
shopper=simulated-001

. tools/demo_steps.sh
rm -rf "$shop"
mkdir -p build
cp -R samples/shop "$shop"
cd "$shop"

echo "The sample shop: 581 real products; its 480 shoppers are simulated, and so is every figure about them."
run import
run check
run extract
run evaluate --models 'random, popularity, content(features=color+words, fusion=concat, weights=1+2), item_knn, ease(lambda=200), graph_filter' --k 10,20 --report report.html
run train
run recommend --user "$shopper" --k 5
printf '\nThe report of the evaluation, for a browser: %s\n' "$PWD/report.html"
