#!/usr/bin/env bash
# All four modalities in one model: 120 synthesised pieces with words, covers and clips, and simulated listeners; the table
# shows what each modality adds. Works in build/music-simulated, made anew each time.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/demo_steps.sh
music=build/music-simulated
rm -rf "$music"
mkdir -p "$music"
cp samples/music/medley.toml "$music"
echo "The music sample: 120 pieces made by a program; listeners, words and covers are made up too, and so is every figure about them."
echo "making sounds, covers and clips ..."
/usr/bin/python3 tools/samples/make_music.py "$music"
cd "$music"
run import
run check
run extract
run evaluate --split item_cold --seeds 5 --k 3,5 --models 'content_ridge(lambda=3)' --knock-out
run train --model graph_filter
run recommend --user simulated-001 --k 3
run similar --item piece-002 --by audio --k 5
run similar --item piece-003 --why piece-019
run explain --user simulated-001 --item piece-119 --top 3
