#!/usr/bin/env python3
"""Makes the music sample: 120 short synthesised pieces, with words, covers and clips, and a log of simulated listeners.

    python3 tools/samples/make_music.py OUT                writes catalog.csv, events.csv, sounds/, covers/, clips/ to OUT
    python3 tools/samples/make_music.py OUT --pieces 12    fewer, for a quick look
    python3 tools/samples/make_music.py OUT --tables       the two tables only; needs neither NumPy nor ffmpeg

Nothing in it is real. The tables are the same bytes on any machine; sounds and pictures are within rounding of it.
truth.csv holds what a model should find out and may not read: key, mode, tempo, timbre and theme of each piece.
"""

import argparse
import csv
from pathlib import Path

from music import listeners, pieces

SEED = 20240304
PIECES = 120
SECONDS = 8.0
CLIP_SECONDS = 5.0


def write_table(path, header, rows):
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_media(out, piece):
    from music import pictures, sound

    samples = sound.samples_of(piece, SECONDS)
    if piece.has_sound:
        sound.write_wav(out / "sounds" / f"{piece.id}.wav", samples)
    if piece.has_cover:
        pictures.write_png(out / "covers" / f"{piece.id}.png", pictures.drawn(piece))
    if piece.has_clip:
        pictures.write_clip(out / "clips" / f"{piece.id}.mp4", piece, samples, CLIP_SECONDS)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pieces", type=int, default=PIECES)
    parser.add_argument("--tables", action="store_true")
    arguments = parser.parse_args()

    catalogue = pieces.draw_pieces(SEED, arguments.pieces)
    out = arguments.out
    for folder in ("sounds", "covers", "clips"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    write_table(out / "catalog.csv", ("id", "title", "lyrics", "tags"), ((p.id, p.title, p.lyrics, "|".join(p.tags)) for p in catalogue))
    write_table(out / "events.csv", ("user", "item", "value", "time", "kind"), listeners.draw_events(SEED + 1, catalogue))
    write_table(out / "truth.csv", ("id", "key", "mode", "tempo", "timbre", "theme"),
                ((p.id, pieces.KEYS[p.key], p.mode, p.tempo, p.timbre, p.theme) for p in catalogue))
    if not arguments.tables:
        for piece in catalogue:
            write_media(out, piece)


if __name__ == "__main__":
    main()
