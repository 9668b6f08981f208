"""Music for a waiting caller: a few quiet bars, made here, so that nobody owns them."""

import io
import math
import struct
import wave
from functools import cache

RATE = 8000
"""Telephone quality, samples a second."""
_NOTES = (523.25, 659.25, 783.99, 659.25, 587.33, 698.46, 880.00, 698.46)
_NOTE_SECONDS = 0.5


@cache
def hold_music() -> bytes:
    """Four seconds of a soft music box, as a WAV file that loops without a click."""
    samples = bytearray()
    length = int(RATE * _NOTE_SECONDS)
    for pitch in _NOTES:
        for index in range(length):
            at = index / RATE
            fade = math.exp(-4 * at) * min(1.0, index / 80) * min(1.0, (length - index) / 80)
            tone = math.sin(2 * math.pi * pitch * at) + 0.3 * math.sin(4 * math.pi * pitch * at)
            samples += struct.pack("<h", int(5200 * fade * tone))
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(bytes(samples))
    return out.getvalue()
