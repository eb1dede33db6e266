#include "medley/engine/config.h"

namespace medley::engine {

// Every key of medley.toml with its default, commented out. tests/engine/config_template_test.cpp holds it to
// the parser.
std::string config_template() {
  return R"toml(# medley.toml: what a workspace reads, extracts and trains. Every key has the default shown; paths are relative to what
# they describe. `medley plugins` lists every extractor and model with its parameters.

[import]                     # the log of who did what, read by `medley import PATH`
# format = "csv"             # movielens | recbole | mmrec | lightgcn | csv | jsonl
# file = ""                  # events file inside a folder given as PATH; "" = the format's own name
# user = "user"              # name of the column that holds the user
# item = "item"
# time = "time"              # seconds since 1970 UTC, or ISO 8601
# value = "value"            # a rating or a count
# kind = "kind"              # view, cart, purchase, dislike, ...
# delimiter = ""             # "" = found from the header
# encoding = "utf-8"         # utf-8 | latin-1
# join_ids = "exact"         # exact | numeric: 0042, 42.0 and 42 are one id (`medley check` names such ids)

[catalog]                    # what an item is
# file = ""                  # beside the log; "" = the format's own, or none
# id = "id"
# text = []                  # columns of words, e.g. ["title", "description"]
# categories = {}            # column -> separator of its values, e.g. { genres = "|", tags = ";" }; a column called tags
#                            # holds what users wrote: a feature reads it only where its fields name it
# numbers = []               # e.g. ["year"]
# image = ""                 # e.g. "posters/{id}.jpg"
# audio = ""                 # e.g. "sounds/{id}.ogg"
# video = ""                 # e.g. "clips/{id}.mp4"; its sound track is what an item without an audio file sounds like
# available = ""             # column of yes and no: may the item be recommended; an empty cell is a yes
# available_from = ""        # column of times as above: not before; a bare date is its midnight, UTC
# available_until = ""       # not from then on

[events]
# weight = { view = 1, cart = 3, purchase = 5, dislike = -1 }   # training weight of a kind; others weigh 1
# min_value = 0.0            # unset: every event counts; set: events with a smaller value do not

[train]
# model = "graph_filter"     # what `medley train` fits; parameters as in "ease(lambda=200)"

[limits]
# max_pixels = 50000000      # a picture that declares more is refused from its header
# max_seconds = 600.0        # of a longer sound or clip the first ones are read
# threads = 0                # 0 = one a core

# One section a feature; NAME is yours and stands in model specs and file names (features/NAME.npy).
# [features.color]
# extractor = "image/color"  # or file = "vectors.npy" for vectors made elsewhere
# modality = "image"         # what `--by`, `--without` and `has:` may call it, beside its NAME
#
# [features.words]
# extractor = "text/tfidf"
# modality = "text"
# fields = ["title", "description"]
# stemming = "english"       # shirt and shirts are one term; a parameter of the extractor
)toml";
}

}  // namespace medley::engine
