"""What the pieces of the music sample are: key, mode, tempo, timbre, theme, and the words, all drawn from one seed.

Draws are built on `Random.random`, the one method whose sequence Python promises to keep.
"""

import random
from dataclasses import dataclass

MODES = ("major", "minor")
TIMBRES = ("flute", "reed", "strings", "plucked", "bell")
THEMES = ("sea", "city", "road", "garden", "night", "winter")
KEYS = ("C", "C sharp", "D", "E flat", "E", "F", "F sharp", "G", "A flat", "A", "B flat", "B")

# What the catalogue lacks.
LYRICS_WITHHELD = 0.25
TAGS_WITHHELD = 0.30
COVER_WITHHELD = 0.20
SOUND_WITHHELD = 0.10
CLIP_SHARE = 1 / 3
ONLY_CLIP = 0.5  # of those with a clip: no sound file, so that the clip's track is what they sound like

NOUNS = {
    "sea": ("harbour", "tide", "lighthouse", "sail", "shore", "anchor", "gull", "wave"),
    "city": ("street", "window", "tram", "market", "rooftop", "station", "crowd", "neon"),
    "road": ("highway", "engine", "dust", "border", "milestone", "wheel", "map", "horizon"),
    "garden": ("rose", "orchard", "bee", "gate", "leaf", "fountain", "apple", "meadow"),
    "night": ("moon", "lantern", "shadow", "star", "candle", "owl", "midnight", "pillow"),
    "winter": ("snow", "frost", "chimney", "skate", "fir", "glove", "icicle", "blanket"),
}
# Words of VADER's lexicon, so that the mood of a piece can be read.
GLAD = ("happy", "wonderful", "joy", "sweet", "laughing", "bright", "lovely", "sunny", "free", "beautiful", "hope", "smile")
SAD = ("lonely", "broken", "cry", "lost", "sorrow", "tears", "painful", "afraid", "miserable", "grief", "hurt", "abandoned")
GLAD_LINES = (
    "oh what a {mood} day by the {noun}",
    "my heart is {mood}, the {noun} sings along",
    "come dance with me, {mood} {noun}",
    "the {noun} is {mood} and so are we!",
    "we are so {mood}, meet me at the {noun}",
)
SAD_LINES = (
    "nothing but a {mood} song for the {noun}",
    "the {noun} is gone and I am {mood}",
    "{mood} and alone beside the {noun}",
    "so {mood}, the {noun} will not return",
    "I hate this {mood} {noun}, I miss you so",
)


@dataclass(frozen=True)
class Piece:
    """The full truth about one piece; the catalogue holds less."""

    id: str
    key: int
    mode: str
    tempo: int  # beats a minute
    timbre: str
    theme: str
    seed: int  # of melody, cover and clip
    title: str
    lyrics: str
    tags: tuple
    has_cover: bool
    has_sound: bool
    has_clip: bool


def chosen(rng, options):
    return options[int(rng.random() * len(options))]


def lyrics_of(rng, mode, theme):
    lines, moods = (GLAD_LINES, GLAD) if mode == "major" else (SAD_LINES, SAD)
    return ". ".join(chosen(rng, lines).format(mood=chosen(rng, moods), noun=chosen(rng, NOUNS[theme])) for _ in range(4))


def tags_of(rng, tempo, timbre):
    speed = "slow" if tempo < 90 else "fast" if tempo > 130 else "moderate"
    # One piece in ten is tagged by someone who did not listen.
    heard = timbre if rng.random() < 0.9 else chosen(rng, TIMBRES)
    return (speed, heard)


def draw_piece(rng, number):
    key, mode, timbre, theme = int(rng.random() * 12), chosen(rng, MODES), chosen(rng, TIMBRES), chosen(rng, THEMES)
    tempo = 60 + int(rng.random() * 111)
    title = f"{chosen(rng, NOUNS[theme]).capitalize()} in {KEYS[key]}"
    lyrics, tags = lyrics_of(rng, mode, theme), tags_of(rng, tempo, timbre)
    if rng.random() < LYRICS_WITHHELD:
        lyrics = ""
    if rng.random() < TAGS_WITHHELD:
        tags = ()
    has_cover, has_clip = rng.random() >= COVER_WITHHELD, rng.random() < CLIP_SHARE
    has_sound = rng.random() >= (ONLY_CLIP if has_clip else SOUND_WITHHELD)
    seed = int(rng.random() * 2**31)
    return Piece(f"piece-{number:03}", key, mode, tempo, timbre, theme, seed, title, lyrics, tags, has_cover, has_sound, has_clip)


def draw_pieces(seed, count):
    rng = random.Random(seed)
    return [draw_piece(rng, number + 1) for number in range(count)]
