"""How a piece sounds: chords, a melody, a bass and a beat, added up from partials. Needs NumPy."""

import random
import wave

import numpy as np

RATE = 22050
SCALES = {"major": (0, 2, 4, 5, 7, 9, 11), "minor": (0, 2, 3, 5, 7, 8, 10)}
# Degrees of the scale, one chord a bar: I V vi IV and i VI III VII.
PROGRESSIONS = {"major": (0, 4, 5, 3), "minor": (0, 5, 2, 6)}
# Partial: how loud beside the first. The bell's are not whole multiples.
PARTIALS = {
    "flute": ((1, 1.0), (2, 0.12), (3, 0.03)),
    "reed": ((1, 1.0), (3, 0.6), (5, 0.4), (7, 0.25), (9, 0.15)),
    "strings": tuple((n, 1.0 / n) for n in range(1, 13)),
    "plucked": tuple((n, 1.0 / n**1.5) for n in range(1, 9)),
    "bell": ((1.0, 1.0), (2.76, 0.6), (5.40, 0.4), (8.93, 0.25)),
}
# Seconds until a note has risen, and in which it falls to a third; None: it is held.
ENVELOPES = {"flute": (0.05, None), "reed": (0.02, None), "strings": (0.10, None), "plucked": (0.003, 0.25), "bell": (0.002, 0.6)}


def note(midi, seconds, timbre):
    """One note at full scale."""
    time = np.arange(int(seconds * RATE)) / RATE
    pitch = 440.0 * 2.0 ** ((midi - 69) / 12.0)
    out = np.zeros_like(time)
    for multiple, loud in PARTIALS[timbre]:
        if pitch * multiple < 0.45 * RATE:
            out += loud * np.sin(2 * np.pi * pitch * multiple * time)
    rise, fall = ENVELOPES[timbre]
    shape = np.minimum(time / rise, 1.0) * (np.exp(-time / fall) if fall else 1.0)
    release = np.minimum((time[-1] - time) / 0.03, 1.0) if len(time) else time
    return out * shape * release / sum(loud for _, loud in PARTIALS[timbre])


def add(track, start, samples, loud):
    at = int(start * RATE)
    count = min(len(samples), len(track) - at)
    if count > 0:
        track[at : at + count] += loud * samples[:count]


def pitch_of(piece, degree, octave):
    scale = SCALES[piece.mode]
    return 12 * (octave + 1) + piece.key + scale[degree % 7] + 12 * (degree // 7)


def samples_of(piece, seconds):
    """The piece from its beginning, mono in [-1, 1]."""
    rng = random.Random(piece.seed)
    hiss = np.random.RandomState(piece.seed % 2**31).uniform(-1, 1, RATE // 20)
    track = np.zeros(int(seconds * RATE))
    beat = 60.0 / piece.tempo
    degree, start, number = 0, 0.0, 0
    while start < seconds:
        root = PROGRESSIONS[piece.mode][(number // 4) % 4]
        if number % 4 == 0:
            for third in (0, 2, 4):
                add(track, start, note(pitch_of(piece, root + third, 4), 4 * beat, piece.timbre), 0.16)
        add(track, start, note(pitch_of(piece, root, 2), 0.9 * beat, "plucked"), 0.28)
        # The melody goes by steps and comes to a tone of the chord on the first beat of a bar.
        degree = root + 2 * int(rng.random() * 3) if number % 4 == 0 else max(-3, min(9, degree + int(rng.random() * 5) - 2))
        add(track, start, note(pitch_of(piece, degree, 5), 0.9 * beat, piece.timbre), 0.30)
        add(track, start, hiss * np.exp(-np.arange(len(hiss)) / (0.012 * RATE)), 0.20 if number % 2 == 0 else 0.10)
        start, number = start + beat, number + 1
    return 0.8 * track / max(np.abs(track).max(), 1e-9)


def write_wav(path, samples):
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((samples * 32767).astype("<i2").tobytes())
