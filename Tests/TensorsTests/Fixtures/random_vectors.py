"""Writes random_vectors.json: numbers of the program's random stream, computed here from its definition alone.

Philox 4x32-10 as Salmon et al. (2011) define it; what the program makes of the words as its documentation says. Normal
numbers are in double precision, so the program's may differ from them by what float32 loses.
"""

import json
import math
import pathlib

MASK = 0xFFFFFFFF
KEY, STREAM, COUNT = 20201106, 1, 12


def philox(key, block, stream):
    k0, k1 = key & MASK, key >> 32
    c = [block & MASK, block >> 32, stream & MASK, stream >> 32]
    for _ in range(10):
        low, high = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(high >> 32) ^ c[1] ^ k0, high & MASK, (low >> 32) ^ c[3] ^ k1, low & MASK]
        k0, k1 = (k0 + 0x9E3779B9) & MASK, (k1 + 0xBB67AE85) & MASK
    return c


def words(key, stream):
    block = 0
    while True:
        yield from philox(key, block, stream)
        block += 1


def uniforms(key, stream, count):
    source = words(key, stream)
    return [(next(source) >> 8) / 2**24 for _ in range(count)]


def normals(key, stream, count):
    source, numbers = words(key, stream), []
    while len(numbers) < count:
        u, v = next(source) >> 8, next(source) >> 8
        radius, angle = math.sqrt(-2 * math.log((u + 1) / 2**24)), 2 * math.pi * v / 2**24
        numbers += [radius * math.cos(angle), radius * math.sin(angle)]
    return numbers


def permutation(key, stream, count):
    """Fisher and Yates from the end, with Lemire's whole numbers below a bound."""
    source, order = words(key, stream), list(range(count))
    for bound in range(count, 1, -1):
        product = next(source) * bound
        while product & MASK < 2**32 % bound:
            product = next(source) * bound
        last, drawn = bound - 1, product >> 32
        order[last], order[drawn] = order[drawn], order[last]
    return order


def split(key, number):
    block = philox(key, number, 0x73706C6974206B79)
    return block[1] << 32 | block[0]


def fnv1a(text):
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return value


vectors = {
    "key": KEY,
    "stream": STREAM,
    "uniforms": uniforms(KEY, STREAM, COUNT),
    "normals": normals(KEY, STREAM, COUNT),
    "permutation": permutation(KEY, STREAM, COUNT),
    "longPermutation": permutation(KEY, STREAM, 1000),
    "splitByNumber": [f"{split(KEY, number):016x}" for number in range(3)],
    "splitByPurpose": {name: f"{split(KEY, fnv1a(name)):016x}" for name in ("init", "noise", "shuffle")},
}
path = pathlib.Path(__file__).with_name("random_vectors.json")
path.write_text(json.dumps(vectors) + "\n")
