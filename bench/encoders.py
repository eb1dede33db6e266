#!/usr/bin/env python3
"""Medley's encoders end to end from files, beside a pipeline of Python's around the same networks: make bench-peers

    bench/encoders.py BUILD [pictures texts] [--runs 5] [--pictures 6400] [--texts 1920]

BUILD holds `medley` and `bench_network`. Pictures are the posters of $MEDLEY_DATA/movies, texts its plots (else both are those of
samples/shop), networks those of tools/models. The peer decodes on one thread (Pillow; texts: tokenizers, sorted by length) while
OpenVINO's Python runs the network. Both have two threads in the network and f32, take turns, and are held to equal rows first.
Printed are medians, ratios those of the rounds, since a shared machine is faster now and slower then. Seconds are those of Medley's whole
process (its start, loading and compiling the network, writing the rows), and of the peer's from reading the network on: its imports are
not counted, so that the comparison with it leaves out what the start of the program takes. The network alone, and OpenVINO's
benchmark_app, have their turn in each round; from files beside it every round's ratio is printed, since neither is steady.
"""
import argparse
import csv
import os
import pathlib
import queue
import re
import resource
import statistics
import subprocess
import sys
import threading
import time

import numpy as np
import openvino
import tokenizers
from PIL import Image

from side import THREADS, Side

ROOT = pathlib.Path(__file__).resolve().parent.parent
BATCH = 32
PICTURES = """[features.it]
extractor = "image/encoder"
network = "{models}/efficientnet-lite0.onnx"
scale = 1
mean = 127
std = 128
"""
TEXTS = """[features.it]
extractor = "text/encoder"
fields = ["text"]
network = "{models}/minilm.onnx"
tokenizer = "{models}/minilm-tokenizer.xml"
"""


def compiled(path, output):
    model = openvino.Core().read_model(path)
    for result in list(model.outputs):
        if output not in result.names:
            model.remove_result(result.get_node())
    return openvino.Core().compile_model(model, "CPU", {"INFERENCE_NUM_THREADS": THREADS, "INFERENCE_PRECISION_HINT": "f32"})


def unit(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def square(path):
    image = Image.open(path).convert("RGB")
    shorter = min(image.size)
    image = image.resize((256 * image.width // shorter, 256 * image.height // shorter), Image.Resampling.BILINEAR)
    left, top = (round((side - 224) / 2) for side in image.size)
    return (np.asarray(image.crop((left, top, left + 224, top + 224)), np.float32).transpose(2, 0, 1) - 127) / 128


def decoded_ahead(paths):
    """Batches, prepared by a thread of its own while the caller works on the one before."""
    ready = queue.Queue(2)

    def work():
        try:
            for begin in range(0, len(paths), BATCH):
                ready.put(np.stack([square(path) for path in paths[begin:begin + BATCH]]))
            ready.put(None)
        except Exception as fault:  # for the caller, who would wait for ever
            ready.put(fault)

    threading.Thread(target=work, daemon=True).start()
    while (batch := ready.get()) is not None:
        if isinstance(batch, Exception):
            raise batch
        yield batch


def held_equal(what, ours, theirs, bound=1e-3):
    apart = max(np.abs(ours[one] - row).max() for one, row in theirs.items())
    if apart > bound:
        sys.exit(f"{what}: rows are {apart:.1e} apart; the times would compare different things")
    return apart


def seconds_of(call):
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


class Rounds:
    """What was measured in turns: {name: one figure a round}."""

    def __init__(self, runs, **calls):
        self.of = {name: [] for name in calls}
        for _ in range(runs):
            for name, call in calls.items():
                self.of[name].append(call())

    def median(self, name):
        return statistics.median(self.of[name])

    def ratio(self, upper, lower, less=0.0):
        """The median over the rounds of upper / (lower - less)."""
        return statistics.median(up / (down - less) for up, down in zip(self.of[upper], self.of[lower]))

    def each(self, upper, lower):
        return " ".join(f"{up / down:.2f}" for up, down in zip(self.of[upper], self.of[lower]))


def print_comparison(what, rounds, count, start, apart):
    print(f"{what:<40} medley {count / rounds.median('ours'):7.1f} a second  Python {count / rounds.median('peer'):7.1f} a second"
          f"  {rounds.ratio('peer', 'ours', start):5.2f}x  (rows {apart:.0e} apart; {rounds.ratio('peer', 'ours'):.2f}x with the {start:.2f} s that our program takes to start)")


def start_of(build, runs):
    return statistics.median(seconds_of(lambda: printed_by([build / "medley", "--version"])) for _ in range(runs))


def printed_by(call):
    return subprocess.run([str(one) for one in call], capture_output=True, text=True, check=True).stdout


def openvino_figure(network):
    """Pictures a second by OpenVINO's own measure of the network: the median of a few seconds of batches, one after the other."""
    said = printed_by([pathlib.Path(sys.executable).parent / "benchmark_app", "-m", network, "-d", "CPU", "-shape", f"[{BATCH},3,224,224]",
                       "-infer_precision", "f32", "-nthreads", THREADS, "-nstreams", 1, "-hint", "none", "-api", "sync", "-t", 5])
    return BATCH / (float(re.search(r"Median: *([0-9.]+) ms", said).group(1)) / 1e3)


def pictures(build, models, data, runs, count):
    folder = data / "movies/posters" if data else ROOT / "samples/shop/pictures"
    paths = sorted(folder.glob("*.jpg"))[:count]
    side, few = (Side(build, name, [["id"], *([path.stem] for path in part)], f'image = "{folder}/{{id}}.jpg"', PICTURES.format(models=models))
                 for name, part in {"encoded-pictures": paths, "encoded-few": paths[:BATCH]}.items())

    def peer():
        network = compiled(models / "efficientnet-lite0.onnx", "features")
        rows = np.concatenate([network(batch)[0] for batch in decoded_ahead(paths)])
        return dict(zip((path.stem for path in paths), unit(rows)))

    side.seconds()
    print(f"{len(paths)} pictures of {folder.parent.name}/{folder.name}")
    apart = held_equal("pictures", side.rows(), peer())
    network = models / "efficientnet-lite0.onnx"
    # The network alone has as many pictures as the run from files, half of them before it and half behind.
    alone = [build / "bench_network", network, "features", THREADS, max(4, len(paths) // BATCH // 2)]

    def network_alone():
        return [1 / float(rate) for rate in printed_by(alone).split()]

    rounds = Rounds(runs, before=network_alone, ours=side.seconds, after=network_alone, openvino=lambda: 1 / openvino_figure(network),
                    peer=lambda: seconds_of(peer), few=few.seconds)
    # Seconds a picture.
    rounds.of["batch"] = [median for median, _ in rounds.of["after"]]
    rounds.of["alone"] = [(before + after) / 2 for (_, before), (_, after) in zip(rounds.of["before"], rounds.of["after"])]
    print_comparison("EfficientNet-Lite0, batch 32, from files", rounds, len(paths), start_of(build, runs), apart)
    print(f"{'the network alone, batch 32':<40} medley {1 / rounds.median('batch'):7.1f} a second  OpenVINO's benchmark_app"
          f" {1 / rounds.median('openvino'):7.1f} a second  {rounds.ratio('openvino', 'batch'):5.2f}x  (median batches; all of ours: {1 / rounds.median('alone'):.1f})")
    first = rounds.median("few")
    rounds.of["running"] = [(seconds - first) / (len(paths) - BATCH) for seconds in rounds.of["ours"]]
    rounds.of["whole"] = [seconds / len(paths) for seconds in rounds.of["ours"]]
    print(f"{'':<40} from files we reach {rounds.ratio('alone', 'whole'):.2f} of the network alone ({rounds.each('alone', 'whole')}), and"
          f" {rounds.ratio('alone', 'running'):.2f} after the first batch, which is there in {first:.2f} s")
    print(f"{'':<40} peak memory {side.peak():.0f} MB, of Python {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def texts(build, models, data, runs, count):
    source = data / "movies/plots.csv" if data else ROOT / "samples/shop/catalog.csv"
    with open(source, newline="", encoding="utf-8") as file:
        column = "plot" if data else "description"
        found = [row[column] for row in csv.DictReader(file) if row.get(column, "").strip()][:count]
    side = Side(build, "encoded-texts", [["id", "text"], *([f"t{i}", text] for i, text in enumerate(found))],
                'text = ["text"]', TEXTS.format(models=models))
    tokenizer = tokenizers.Tokenizer.from_file(str(models / "minilm-tokenizer.json"))
    tokenizer.enable_truncation(256)

    def peer():
        rows = {}
        network = compiled(models / "minilm.onnx", "last_hidden_state")
        tokenizer.no_padding()
        lengths = [len(one.ids) for one in tokenizer.encode_batch(found)]
        order = sorted(range(len(found)), key=lengths.__getitem__)
        tokenizer.enable_padding()
        for begin in range(0, len(order), BATCH):
            part = order[begin:begin + BATCH]
            encoded = tokenizer.encode_batch([found[i] for i in part])
            ids, mask = (np.array([getattr(one, name) for one in encoded]) for name in ("ids", "attention_mask"))
            states = network({"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)})[0]
            means = (states * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
            rows.update((f"t{i}", row) for i, row in zip(part, unit(means)))
        return rows

    side.seconds()
    print(f"{len(found)} texts of {source.parent.name}/{source.name}")
    apart = held_equal("texts", side.rows(), peer())
    rounds = Rounds(runs, ours=side.seconds, peer=lambda: seconds_of(peer))
    print_comparison("MiniLM, lengths bucketed, from the store", rounds, len(found), start_of(build, runs), apart)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--pictures", type=int, default=6400, help="at most; all posters are 6,329, and take half an hour")
    parser.add_argument("--texts", type=int, default=1920, help="at most")
    parser.add_argument("what", nargs="*", default=["pictures", "texts"])
    given = parser.parse_args()
    made = subprocess.run([ROOT / "tools/models/make", "--where"], capture_output=True, text=True, check=True).stdout.strip()
    data = os.environ.get("MEDLEY_DATA")
    for what, run in {"pictures": pictures, "texts": texts}.items():
        if what in given.what:
            run(given.build.resolve(), pathlib.Path(made), pathlib.Path(data) if data else None, given.runs, getattr(given, what))


if __name__ == "__main__":
    main()
