#!/usr/bin/env bash
# Films: ratings and genres of samples/films, and posters and plots where a folder is named that has them.
#   tools/demo_films.sh [DIR]     DIR/posters/<movieId>.jpg, DIR/plots.csv
# Works in build/films, made anew each time.
set -euo pipefail
more=${1:+$(cd "$1" && pwd)}
cd "$(dirname "$0")/.."
. tools/demo_steps.sh
films=$PWD/samples/films
rm -rf build/films
mkdir -p build/films/source
ln -s "$films/ratings.csv" "$films/movies.csv" build/films/source/

has="ratings, titles, years and genres"
features=genres+year
cat >build/films/medley.toml <<'TOML'
[import]
format = "movielens"

[features.genres]
extractor = "categories"
modality = "category"
fields = ["genres"]

[features.year]
extractor = "numbers"
modality = "number"
fields = ["year"]
low = 1920
high = 2020
step = 5
TOML
if [ -n "$more" ] && [ -f "$more/plots.csv" ]; then
  ln -s "$more/plots.csv" build/films/source/
  has+=", plots" features+=+words
  cat >>build/films/medley.toml <<'TOML'

[features.words]
extractor = "text/lsa"
modality = "text"
dim = 128
TOML
fi
if [ -n "$more" ] && [ -d "$more/posters" ]; then
  ln -s "$more/posters" build/films/source/
  has+=", posters" features+=+poster
  cat >>build/films/medley.toml <<'TOML'

[features.poster]
extractor = "image/color"
modality = "image"
TOML
fi
cd build/films
echo "MovieLens latest-small, for research only (samples/films/README-MovieLens.txt). There are: $has."
[ -n "$more" ] || echo "make demo-films DIR=folder adds posters and plots."
run import source
run extract
run evaluate --models "random, popularity, ease(lambda=200), graph_filter(features=none)" --k 10,20
run evaluate --split item_cold --models "random, content_ridge(features=genres,lambda=10), content_ridge(features=$features,lambda=10)" --k 20
run train --model "ease(lambda=200)"
run recommend --user 1 --k 5
