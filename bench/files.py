#!/usr/bin/env python3
"""Medley end to end from files, beside the same work in Python: make bench-peers

    bench/files.py BUILD [sounds texts] [--runs 5]

Sounds are the clips of ESC-10 in $MEDLEY_DATA/media/esc10 (else made ones, as WAV): `medley extract` of audio/mfcc, audio/chroma and
audio/spectral beside a loop of librosa's over the same files at the rate that they have, so that neither side resamples. Texts are those
of bench/peers.py in Medley's store, and beside it in a CSV file that scikit-learn's side reads. Ours is the time of the whole process on
two threads, with its start and the writing of the rows; the peer's is that of the loop, without its imports, on one thread: that is how
both libraries work. Rows are held to be equal first; printed are medians.
"""
import argparse
import csv
import os
import pathlib
import wave

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[variable] = "1"

import librosa
import numpy as np

import peers
from side import Side

RATE = 44100
MADE = 60


def sound_files(folder):
    paths = peers.esc10()
    if paths:
        return paths
    folder.mkdir(parents=True, exist_ok=True)
    draw, t = np.random.default_rng(1), np.arange(5 * RATE) / RATE
    for i in range(MADE):
        samples = 0.3 * np.sin(2 * np.pi * draw.uniform(100, 2000) * t) + draw.normal(0, 0.01, t.size)
        with wave.open(str(folder / f"made-{i}.wav"), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes((samples * 32767).astype("<i2").tobytes())
    return sorted(folder.glob("*.wav"))


def described(path):
    """What librosa's functions say of a file: each with a transform of its own, as they are called."""
    y = librosa.load(path, sr=RATE)[0]
    feature = librosa.feature
    frames = {"mfcc": feature.mfcc(y=y, sr=RATE), "chroma": feature.chroma_stft(y=y, sr=RATE), "spectral": peers.spectral_frames(y, RATE)}
    return {name: peers.summary(one) for name, one in frames.items()}


def sounds(bench, build):
    paths = sound_files(bench.folder / "made-sounds")
    names = ("mfcc", "chroma", "spectral")
    links = bench.folder / "sounds"  # of all classes in one folder
    links.mkdir(exist_ok=True)
    for path in paths:
        (links / path.name).unlink(missing_ok=True)
        (links / path.name).symlink_to(path)
    side = Side(build, "files-sounds", [["id"], *([path.stem] for path in paths)], f'audio = "{links}/{{id}}{paths[0].suffix}"',
                "".join(f'[features.{name}]\nextractor = "audio/{name}"\nrate = {RATE}\n' for name in names))
    made = []
    peer = peers.timed(lambda: made.append([described(path) for path in paths]))
    peer()  # compiles and warms up
    side.seconds()
    for name in names:
        rows = side.rows(name)
        ours = np.stack([rows[path.stem] for path in paths])
        theirs = np.stack([one[name] for one in made[0]])
        if name == "spectral":
            theirs = theirs * np.repeat(peers.SPECTRAL_UNITS, 4)
            # The last band's valley lies above what Vorbis keeps: the rounding of two decoders, -120 dB.
            ours, theirs = (np.delete(rows, slice(32, 36), axis=1) for rows in (ours, theirs))
        heard = np.abs(ours).max(axis=1) > 0  # what is silent has no row of ours
        peers.held_equal(f"{name} from files", ours[heard], theirs[heard], share=1e-3)
    seconds, theirs = bench.turns(side.seconds, peer)
    peers.line(f"MFCC + chroma + spectral, {paths[0].suffix} files", seconds, theirs, "librosa", "ms a file", 1e3 / len(paths))
    print(f"{'':<46} {len(paths)} files; peak memory of medley {side.peak():.0f} MB")


def texts(bench, build):
    from sklearn.feature_extraction.text import TfidfVectorizer

    documents = peers.documents()
    side = Side(build, "files-texts", [["id", "text"], *([f"t{i}", text] for i, text in enumerate(documents))], 'text = ["text"]',
                '[features.it]\nextractor = "text/tfidf"\nfields = ["text"]\ntokens = "sklearn"\nstop_words = "none"\nclean = "no"\n')

    def peer():
        with open(side.folder / "source/catalog.csv", newline="", encoding="utf-8") as file:
            TfidfVectorizer().fit_transform(row["text"] for row in csv.DictReader(file))

    seconds, theirs = bench.turns(side.seconds, peers.timed(peer))
    peers.line(f"TF-IDF, {len(documents)} documents, store to features", seconds, theirs, "scikit-learn", "s", 1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("what", nargs="*", default=["sounds", "texts"])
    given = parser.parse_args()
    build = given.build.resolve()
    bench = peers.Bench(build, given.runs)
    for what, run in {"sounds": sounds, "texts": texts}.items():
        if what in given.what:
            run(bench, build)


if __name__ == "__main__":
    main()
