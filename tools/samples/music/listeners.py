"""Who listens to what: taste in tempo, mode, timbre and themes, and a mood a sitting. All simulated."""

import math
import random
from dataclasses import dataclass

from . import pieces

LISTENERS = 240
SITTINGS_MIN, SITTINGS_MAX = 3, 6
PIECES_MIN, PIECES_MAX = 4, 8
FIRST_SECOND = 1709510400  # 2024-03-04 00:00:00 UTC
WEEKS = 8
LIKE_CHANCE = 0.4

# What is added up in a listener's log-odds for a piece.
POPULARITY = 0.4  # standard deviation
TEMPO_TASTE = 1.6  # lost where the tempo is half an octave from the liked one
MODE_TASTE, MOOD = 0.8, 1.2
TIMBRE_TASTE, THEME_TASTE = 1.4, 1.2  # standard deviations


def normal(rng):
    """From two uniform draws (Box and Muller)."""
    return math.sqrt(-2.0 * math.log(1.0 - rng.random())) * math.cos(2.0 * math.pi * rng.random())


@dataclass(frozen=True)
class Listener:
    id: str
    tempo: float
    mode: float  # above 0: major
    timbres: dict
    themes: dict


def draw_listener(rng, number):
    return Listener(f"simulated-{number:03}", 60 + 110 * rng.random(), MODE_TASTE * normal(rng),
                    {timbre: TIMBRE_TASTE * normal(rng) for timbre in pieces.TIMBRES},
                    {theme: THEME_TASTE * normal(rng) for theme in pieces.THEMES})


def log_odds(listener, piece, mood, known):
    octaves = abs(math.log2(piece.tempo / listener.tempo))
    mode = (listener.mode + mood) * (1 if piece.mode == "major" else -1)
    return math.fsum((known, -TEMPO_TASTE * (octaves / 0.5) ** 2, mode, listener.timbres[piece.timbre], listener.themes[piece.theme]))


def drawn_without_repetition(rng, weights, count):
    """Keys by falling u^(1/w) (Efraimidis and Spirakis 2006)."""
    keys = sorted(((math.log(1.0 - rng.random()) / weight, name) for name, weight in weights.items()), reverse=True)
    return [name for _, name in keys[:count]]


def draw_events(seed, catalogue):
    """Rows (user, item, value, time, kind), by user and time."""
    rng = random.Random(seed)
    known = {piece.id: POPULARITY * normal(rng) for piece in catalogue}
    rows = []
    for number in range(1, LISTENERS + 1):
        listener = draw_listener(rng, number)
        heard = set()
        sittings = SITTINGS_MIN + int(rng.random() * (SITTINGS_MAX - SITTINGS_MIN + 1))
        starts = sorted(FIRST_SECOND + int(rng.random() * WEEKS * 7 * 86400) for _ in range(sittings))
        for start in starts:
            mood = MOOD * normal(rng)
            weights = {p.id: math.exp(log_odds(listener, p, mood, known[p.id])) for p in catalogue if p.id not in heard}
            count = PIECES_MIN + int(rng.random() * (PIECES_MAX - PIECES_MIN + 1))
            for place, item in enumerate(drawn_without_repetition(rng, weights, count)):
                heard.add(item)
                time = start + 180 * place
                rows.append((listener.id, item, 1, time, "play"))
                if rng.random() < LIKE_CHANCE:
                    rows.append((listener.id, item, 2, time + 120, "like"))
    return rows
