"""A sealed file opens only whole, in its place, with its key."""

import io

import pytest

from tipline.kit.vault import CHUNK, TAG, FileSeal, Unreadable

KEY, PLACE = bytes(range(32)), "a file"
LENGTHS = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7)


def sealed(content, key=KEY, place=PLACE):
    seal = FileSeal(key, place)
    pieces = [content[at : at + CHUNK] for at in range(0, len(content), CHUNK)] or [b""]
    last = len(pieces) - 1
    return [seal.seal(piece, number, last=number == last) for number, piece in enumerate(pieces)]


def opened(boxes, key=KEY, place=PLACE):
    return b"".join(FileSeal(key, place).open(io.BytesIO(b"".join(boxes))))


@pytest.mark.parametrize("length", LENGTHS)
def test_a_file_comes_back_as_it_went_in(length):
    content = bytes(n % 251 for n in range(length))
    boxes = sealed(content)
    assert opened(boxes) == content
    assert sum(map(len, boxes)) == length + TAG * len(boxes)


@pytest.mark.parametrize("length", LENGTHS[1:])
def test_a_file_that_is_not_as_it_was_does_not_open(length):
    boxes = sealed(bytes(n % 251 for n in range(length)))
    other = sealed(bytes(length), key=bytes(32))
    altered = [
        [],
        boxes[:-1],
        [*boxes[:-1], boxes[-1][:-1]],
        [*boxes, boxes[-1]],
        [*boxes[:-1], bytes([boxes[-1][0] ^ 1]) + boxes[-1][1:]],
        other,
        [*boxes[:-1], other[-1]],
        *([[boxes[1], boxes[0], *boxes[2:]], boxes[1:], [boxes[0], *boxes[2:]]] if len(boxes) > 2 else []),
    ]
    for wrong in altered:
        with pytest.raises(Unreadable):
            opened(wrong)
    for key, place in ((bytes(32), PLACE), (KEY, "another file")):
        with pytest.raises(Unreadable):
            opened(boxes, key, place)
