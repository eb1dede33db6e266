"""The cover of a piece, whose colours follow its timbre, and the frames of its clip. Needs NumPy."""

import random
import struct
import subprocess
import zlib

import numpy as np

from . import sound

SIDE = 128
# Two colours a timbre: ground and figure.
PALETTES = {
    "flute": ((190, 225, 240), (40, 110, 170)),
    "reed": ((235, 205, 150), (150, 75, 20)),
    "strings": ((120, 30, 45), (230, 180, 90)),
    "plucked": ((90, 140, 70), (240, 235, 170)),
    "bell": ((60, 50, 95), (225, 225, 240)),
}
FRAMES_A_SECOND = 12


def drawn(piece, turn=0.0):
    """Discs and bars on a ground, [SIDE x SIDE x 3]; `turn` moves them, in parts of a round."""
    rng = random.Random(piece.seed + 1)
    ground, figure = (np.array(color, float) for color in PALETTES[piece.timbre])
    y, x = np.mgrid[0:SIDE, 0:SIDE] / SIDE
    image = ground * (0.85 + 0.15 * y[..., None])
    for _ in range(5):
        angle, far, size = rng.random() + turn, 0.15 + 0.25 * rng.random(), 0.06 + 0.10 * rng.random()
        centre = 0.5 + far * np.cos(2 * np.pi * angle), 0.5 + far * np.sin(2 * np.pi * angle)
        inside = (x - centre[0]) ** 2 + (y - centre[1]) ** 2 < size**2
        image[inside] = figure * (0.7 + 0.3 * rng.random())
    for _ in range(2):
        at = rng.random()
        image[np.abs(y - at) < 0.02] = figure
    return np.clip(image, 0, 255).astype(np.uint8)


def write_png(path, image):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + row.tobytes() for row in image)
    header = struct.pack(">IIBBBBB", image.shape[1], image.shape[0], 8, 2, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 6)) + chunk(b"IEND", b""))


def write_clip(path, piece, samples, seconds):
    """The figures go round once every eight beats; a cut to the negative in the middle. By ffmpeg, with the piece as its sound."""
    wav = path.with_suffix(".wav")
    sound.write_wav(wav, samples[: int(seconds * sound.RATE)])
    count = int(seconds * FRAMES_A_SECOND)
    frames = []
    for number in range(count):
        image = drawn(piece, number / FRAMES_A_SECOND * piece.tempo / 60.0 / 8.0)
        frames.append((255 - image if number >= count // 2 else image).tobytes())
    command = ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{SIDE}x{SIDE}", "-r", str(FRAMES_A_SECOND),
               "-i", "-", "-i", str(wav), "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-threads", "1", "-c:a", "aac",
               "-b:a", "64k", "-shortest", "-movflags", "+faststart", str(path)]
    subprocess.run(command, input=b"".join(frames), check=True)
    wav.unlink()
