#!/usr/bin/env python3
"""Medley beside the libraries that do the same, on one machine in one run: make bench-peers

    bench/peers.py BUILD [mfcc chroma spectral tfidf pictures] [--runs 5]

BUILD holds `bench_extractor`. Both sides get the same input in memory and the same number of threads, take turns, and are held
to equal output first; printed are medians, and how many times faster we are. Sounds are the clips of ESC-10 in
$MEDLEY_DATA/media/esc10 (else made ones of equal length), documents are drawn from a seeded vocabulary, pictures are the
posters of $MEDLEY_DATA/movies (else those of samples/shop), as they are and enlarged to 1000 x 1500; both sides decode large ones reduced. The versions are pinned in bench/peers.txt.
"""
import argparse
import os

# Before numpy is loaded: the comparison is thread for thread.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[variable] = "1"

import io
import json
import pathlib
import statistics
import subprocess
import sys
import time
import warnings

import librosa
import numpy as np
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parent.parent
RATE = 22050
CLIPS = 40
DOCUMENTS = 100_000
warnings.simplefilter("ignore")


class Bench:
    def __init__(self, build, runs):
        self.program = build / "bench_extractor"
        self.folder = build / "peers-data"
        self.folder.mkdir(exist_ok=True)
        self.runs = runs

    def ours(self, specs, kind, given, option, threads, runs=2):
        """What the program printed, of its last run: the first warms up."""
        out = self.folder / "ours"
        call = [self.program, specs, kind, given, option, threads, runs, out]
        done = subprocess.run([str(one) for one in call], capture_output=True, text=True, check=True)
        return {key: values[-1] for key, values in json.loads(done.stdout).items()}

    def rows(self):
        return np.load(self.folder / "ours.npy")

    def turns(self, *sides):
        """The median of each side, a function that gives seconds, over runs in which they take turns."""
        seconds = [[side() for side in sides] for _ in range(self.runs)]
        return [statistics.median(column) for column in zip(*seconds)]


def timed(work):
    def run():
        begun = time.perf_counter()
        work()
        return time.perf_counter() - begun

    return run


def line(what, ours, peer, name, unit, per):
    print(f"{what:<46} medley {ours * per:8.2f} {unit}  {name} {peer * per:8.2f} {unit}  {peer / ours:6.2f}x", flush=True)


def summary(frames):
    """Mean and deviation of each row of `frames`, and of its absolute differences: a row of the extractors."""
    changes = np.abs(np.diff(frames))
    return np.stack([frames.mean(1), frames.std(1), changes.mean(1), changes.std(1)], axis=1).ravel()


def held_equal(what, ours, theirs, relative=1e-3, share=1e-4):
    ours, theirs = np.asarray(ours, float), np.asarray(theirs, float)
    bound = relative * np.abs(theirs) + share * np.ptp(theirs, axis=0)
    off = np.mean(np.abs(ours - theirs) > bound)
    if off > 1e-3:
        sys.exit(f"{what}: {off:.2%} of the values differ; the times would compare different things")


def esc10():
    data = os.environ.get("MEDLEY_DATA")
    return sorted((pathlib.Path(data) / "media" / "esc10").glob("*/*.ogg")) if data else []


def clips(bench):
    paths = esc10()
    if paths:
        loaded = [librosa.load(path, sr=RATE)[0] for path in paths[:: len(paths) // CLIPS][:CLIPS]]
        sounds = np.stack([librosa.util.fix_length(one, size=5 * RATE) for one in loaded])
        sounds = sounds[np.abs(sounds).max(axis=1) > 1e-3]
    else:
        draw = np.random.default_rng(1)
        t = np.arange(5 * RATE) / RATE
        tones = [np.sin(2 * np.pi * draw.uniform(100, 2000) * t) * np.exp(-t * draw.uniform(0, 3)) for _ in range(CLIPS)]
        sounds = np.stack([0.3 * one + draw.normal(0, 0.01, t.size) for one in tones])
    sounds = np.ascontiguousarray(sounds.astype(np.float32))
    path = bench.folder / "clips.npy"
    np.save(path, sounds)
    print(f"{len(sounds)} clips of 5 s, {'ESC-10' if paths else 'made (MEDLEY_DATA is not set)'}")
    return path, sounds


# Of audio/spectral: kilohertz and bels where librosa has hertz and decibels.
SPECTRAL_UNITS = [1e-3, 1e-3, *[.1] * 7, 1, 1e-3, 1, 1]


def against_librosa(bench, given, what, spec, frames, units=1.0):
    path, sounds = given
    peer_rows = []
    peer = timed(lambda: peer_rows.append([frames(y) for y in sounds]))
    peer()  # compiles and warms up
    bench.ours(spec, "sounds", path, RATE, 1)
    held_equal(what, bench.rows(), [summary(one) * np.repeat(units, 4 if np.ndim(units) else 1) for one in peer_rows[0]])

    def on(threads):
        return lambda: bench.ours(spec, "sounds", path, RATE, threads)["seconds"]

    ours, both, theirs = bench.turns(on(1), on(2), peer)
    line(f"{what}, one thread", ours, theirs, "librosa", "ms a clip", 1e3 / len(sounds))
    print(f"{'':<46} two threads: {ours / both:.2f}x one")
    return ours / len(sounds)


def mfcc(bench, given):
    ours = against_librosa(bench, given, "MFCC 20", "audio/mfcc", lambda y: librosa.feature.mfcc(y=y, sr=RATE))
    frames = 1 + 5 * RATE // 512
    fft = bench.turns(lambda: bench.ours("audio/mfcc", "transforms", frames * 100, 2048, 1)["seconds"])[0] / 100
    print(f"{'':<46} the Fourier transforms alone take {fft * 1e3:.2f} ms a clip: we take {ours / fft:.2f} of it")


def chroma(bench, given):
    against_librosa(bench, given, "chroma, tuning estimated", "audio/chroma", lambda y: librosa.feature.chroma_stft(y=y, sr=RATE))
    against_librosa(bench, given, "chroma, tuning 0", "audio/chroma(tuning=440)",
                    lambda y: librosa.feature.chroma_stft(y=y, sr=RATE, tuning=0))


def spectral_frames(y, rate=RATE):
    magnitude = np.abs(librosa.stft(y))
    feature = librosa.feature
    return np.concatenate([
        feature.spectral_centroid(S=magnitude, sr=rate), feature.spectral_bandwidth(S=magnitude, sr=rate),
        feature.spectral_contrast(S=magnitude, sr=rate), feature.spectral_flatness(S=magnitude), feature.spectral_rolloff(S=magnitude, sr=rate),
        feature.zero_crossing_rate(y), feature.rms(y=y)])


def spectral(bench, given):
    against_librosa(bench, given, "spectral shape, zero crossings, RMS", "audio/spectral", spectral_frames, SPECTRAL_UNITS)


def documents():
    """About 145 bytes each, words drawn by Zipf's law from a vocabulary of 50,000."""
    draw = np.random.default_rng(1)
    letters = np.array(list("etaoinshrdlucmfwypvbgkjqxz"))
    words = np.array(["".join(draw.choice(letters, draw.integers(2, 10))) for _ in range(50_000)])
    rank = 1 / np.arange(1, len(words) + 1)
    chosen = draw.choice(len(words), size=(DOCUMENTS, 22), p=rank / rank.sum())
    return [" ".join(row) for row in words[chosen]]


def tfidf(bench):
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = documents()
    path = bench.folder / "texts.txt"
    path.write_text("\n".join(texts) + "\n")
    spec = "text/tfidf(tokens=sklearn, stop_words=none, clean=no)"
    peer = TfidfVectorizer()
    expected = peer.fit_transform(texts)
    bench.ours(spec, "texts", path, 0, 2, 1)
    parts = [np.load(f"{bench.folder}/ours.{part}.npy") for part in ("data", "indices", "indptr")]
    columns = (bench.folder / "ours.columns").read_text().split("\n")[:-1]
    places = np.array([peer.vocabulary_[column] for column in columns])
    found = csr_matrix((parts[0].ravel(), places[parts[1].ravel().astype(int)], parts[2].ravel().astype(int)), expected.shape)
    apart = abs(found - expected).max()
    if apart > 1e-6:
        sys.exit(f"TF-IDF: {apart} apart")
    ours, theirs = bench.turns(lambda: bench.ours(spec, "texts", path, 0, 2)["seconds"],
                               timed(lambda: TfidfVectorizer().fit_transform(texts)))
    size = path.stat().st_size / 1e6
    line(f"TF-IDF, {DOCUMENTS} documents, {size:.1f} MB, two threads", ours, theirs, "scikit-learn", "s", 1)
    print(f"{'':<46} equal to {apart:.0e}; scikit-learn has one thread")


def hog_lbp(image):
    from skimage.color import rgb2gray
    from skimage.feature import hog, local_binary_pattern
    from skimage.util import img_as_ubyte

    grey = rgb2gray(np.asarray(image))
    codes = local_binary_pattern(img_as_ubyte(grey), P=8, R=1, method="uniform").astype(int)
    cells = codes.reshape(4, 32, 4, 32).swapaxes(1, 2).reshape(16, -1)
    histograms = [np.bincount(cell, minlength=10) / cell.size for cell in cells]
    return np.concatenate([hog(grey, block_norm="L2-Hys", cells_per_block=(2, 2)), *histograms])


def color(image):
    """The histogram and the moments of image/color; its dominant colours are left out, to the peer's advantage."""
    from skimage.color import rgb2hsv

    rgb = np.asarray(image)
    hsv = rgb2hsv(rgb).reshape(-1, 3)
    bins = np.minimum((hsv * [8, 4, 4]).astype(int), [7, 3, 3]) @ [16, 4, 1]
    pixels = rgb.reshape(-1, 3) / 255
    moments = [pixels.mean(0), pixels.std(0), np.cbrt(((pixels - pixels.mean(0)) ** 3).mean(0))]
    return np.concatenate([np.bincount(bins, minlength=128) / len(bins), *moments])


def pictures(bench):
    data = os.environ.get("MEDLEY_DATA")
    posters = sorted(pathlib.Path(data, "movies", "posters").glob("*.jpg")) if data else []
    paths = posters[::len(posters) // 400 or 1][:400] or sorted((ROOT / "samples" / "shop" / "pictures").glob("*.jpg"))
    print(f"{len(paths)} pictures, {'posters' if posters else 'of samples/shop (MEDLEY_DATA is not set)'}")
    small = []
    for path in paths[:20]:
        small.append(bench.folder / f"{path.stem}.png")
        Image.open(path).convert("RGB").resize((128, 128)).save(small[-1])
    listed = bench.folder / "pictures.txt"
    listed.write_text("".join(f"{path}\n" for path in small))
    bench.ours("image/hog, image/lbp", "pictures", listed, 0, 1, 1)
    held_equal("HOG and LBP", bench.rows(), [hog_lbp(Image.open(path)) for path in small], 0, 1e-4)

    pictures_from_files(bench, "color + HOG + LBP from files, two threads", paths)
    large = []
    for path in paths[:60]:
        large.append(bench.folder / f"{path.stem}-large.jpg")
        Image.open(path).convert("RGB").resize((1000, 1500)).save(large[-1], quality=85)
    pictures_from_files(bench, "the same, 1000 x 1500 each", large)


def pictures_from_files(bench, what, paths):
    listed = bench.folder / "pictures.txt"
    listed.write_text("".join(f"{path}\n" for path in paths))
    files = [path.read_bytes() for path in paths]

    def serial():
        for data in files:
            image = Image.open(io.BytesIO(data))
            image.draft("RGB", (256, 256))  # decoded to a half or less where that leaves as much
            image = image.convert("RGB").resize((128, 128))
            hog_lbp(image)
            color(image)

    measured = []

    def ours():
        measured.append(bench.ours("image/color, image/hog, image/lbp", "pictures", listed, -1, 2))
        return measured[-1]["seconds"]

    seconds, theirs = bench.turns(ours, timed(serial))
    decoding = statistics.median(one["decoding"] / one["seconds"] for one in measured)
    line(what, seconds, theirs, "scikit-image", "ms each", 1e3 / len(paths))
    print(f"{'':<46} {len(paths) / seconds:.0f} pictures a second; {decoding:.0%} of the time decodes; the peer has one thread")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("what", nargs="*", default=["mfcc", "chroma", "spectral", "tfidf", "pictures"])
    arguments = parser.parse_args()
    bench = Bench(arguments.build.resolve(), arguments.runs)
    sounds = clips(bench) if {"mfcc", "chroma", "spectral"} & set(arguments.what) else None
    for what, run in {"mfcc": mfcc, "chroma": chroma, "spectral": spectral}.items():
        if what in arguments.what:
            run(bench, sounds)
    for what, run in {"tfidf": tfidf, "pictures": pictures}.items():
        if what in arguments.what:
            run(bench)


if __name__ == "__main__":
    main()
