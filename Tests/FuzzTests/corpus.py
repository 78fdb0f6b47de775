"""Examples of every format for the fuzzer to start from, as small as they can be; before the wrapping that each target adds.

usage: corpus.py        (Python 3.11, Pillow 13; writes Corpus/TARGET/example-…)

Two targets start from the files in the fixtures of other tests, which PyTorch and libpng's own encoder wrote.
"""
import base64
import gzip
import hashlib
import io
import json
import pathlib
import pickle
import struct
import tarfile
import zipfile
import zlib

from PIL import Image

tests = pathlib.Path(__file__).resolve().parent.parent
torch = json.loads((tests / "MetricsTests/Fixtures/torch-files.json").read_text())
pictures = json.loads((tests / "DatasetsTests/Fixtures/png-files.json").read_text())["pictures"]


def example(target, name, data):
    folder = tests / "FuzzTests/Corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"example-{name}").write_bytes(data.encode() if isinstance(data, str) else data)


def zipped(files, method=zipfile.ZIP_STORED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def npy(kind, shape, data, fortran=False):
    text = f"{{'descr': '{kind}', 'fortran_order': {fortran}, 'shape': {shape}, }}"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text) + 1) + text.encode() + b"\n" + data


def safetensors(arrays, metadata=None):
    header, offset = ({"__metadata__": metadata} if metadata else {}), 0
    for name, (kind, shape, data) in arrays.items():
        header[name] = dict(dtype=kind, shape=shape, data_offsets=[offset, offset + len(data)])
        offset += len(data)
    return json.dumps(header, separators=(",", ":")).encode() + b"\n" + b"".join(data for _, _, data in arrays.values())


def jpeg(mode, **options):
    image = Image.new(mode, (20, 12))
    image.putdata([(9 * i % 256) if mode == "L" else (9 * i % 256, 5 * i % 256, 40) for i in range(240)])
    out = io.BytesIO()
    image.save(out, "JPEG", **options)
    return out.getvalue()


def element(kind, data):
    return struct.pack("<II", kind, len(data)) + data + bytes(-len(data) % 8)


def matrix(name, dimensions, kind, data):
    parts = element(6, struct.pack("<II", 9, 0)) + element(5, struct.pack(f"<{len(dimensions)}I", *dimensions))
    return element(14, parts + element(1, name.encode()) + element(kind, data))


def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    if isinstance(value, float):
        return varint(number << 3 | 5) + struct.pack("<f", value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def varint(number):
    out = b""
    while number > 127:
        out, number = out + bytes([number & 127 | 128]), number >> 7
    return out + bytes([number])


def constant(name, shape, values):
    dims = b"".join(field(2, field(1, size)) for size in shape)
    tensor = field(1, 1) + field(2, dims) + values
    return field(1, field(1, name) + field(2, b"Const") + field(5, field(1, b"value") + field(2, field(8, tensor))))


floats = struct.pack("<6f", *range(6))

example("array-state", "states", "RUNNING\nPENDING\nCOMPLETED\n")
example("artefact", "grid", struct.pack("<4I", 2, 2, 1, 3) + bytes(12))
example("artefact", "points", struct.pack("<I1sI4f", 1, b"a", 2, 0, 1, 2, 3))
for name, text in dict(
        iterations="training.iterations=10", several="method.name=vae\ntraining.batch=5\nnetwork.latents=3",
        choice="training.selection=best", real="training.learningRate=1.0e-4", truth="dataset.augment=true").items():
    example("assignment", name, text)
items = bytes(range(18))
example("cache", "labelled", items + bytes([0, 1, 2]) + json.dumps(dict(
    dataset="set", preprocessing="none", version=1, shape=[1, 2, 3], trainCount=2, testCount=1, isLabelled=True,
    remarks=["a remark"], originals=[], digest=hashlib.sha256(items).hexdigest(),
    labelDigest=hashlib.sha256(bytes([0, 1, 2])).hexdigest())).encode())
weights = {"a": ("F32", [2, 3], floats), "b": ("F32", [3], floats[:12])}
example("checkpoint", "weights", safetensors(weights))
example("csv", "table",
        "table,dataset,method,column,metric,protocol,value,deviation,unit,source,note\n"
        'Table 1,mnist,vae,FID,fid/inception-2048?ref=train,,137.4,1.5,units,"a, ""quoted"" source",\n')
example("gzip", "text", gzip.compress(b"some text, some text, some more text", mtime=0))
example("idx", "images", struct.pack(">4I", 0x803, 2, 2, 3) + bytes(range(12)))
for name, text in dict(experiment="dpvae/mnist/vae+code", metric="fid/inception-2048?n=10000&ref=test",
                       codes="mmd/imq?space=z", given="nll/given").items():
    example("ids", name, text)
example("inception", "folded", struct.pack("<Q", 300) + safetensors({"conv/w": ("F32", [2, 3], floats)}))
example("inception", "graph", base64.b64decode(torch["layers"]["plain"]["files"][0]))
example("jpeg", "grey", jpeg("L", quality=50))
example("jpeg", "colour", jpeg("RGB", quality=50))
example("jpeg", "progressive", jpeg("RGB", quality=30, progressive=True))
example("mat", "plain", bytes(124) + b"\x00\x01IM" + matrix("y", [1, 1], 2, b"\x05")
        + matrix("X", [3, 2], 9, struct.pack("<6d", *range(6))))
example("mat", "compressed", bytes(124) + b"\x00\x01IM" + (lambda data: struct.pack("<II", 15, len(data)) + data)(
    zlib.compress(matrix("X", [3, 2], 2, bytes(range(6))))))
example("mat-compressed", "bytes", matrix("X", [6, 1], 2, bytes(range(6))))
example("mat-compressed", "numbers", matrix("X", [3, 2], 4, struct.pack("<6H", *range(6))))
for name, data in dict(
        bytes=npy("|u1", (2, 2, 3, 3), bytes(range(36))), floats=npy("<f4", (2, 3), floats),
        fortran=npy("<f4", (2, 3), floats, True), doubles=npy("<f8", (3,), struct.pack("<3d", 1, 2, 3)),
        planes=npy("<f2", (2, 1, 2, 2), bytes(16))).items():
    example("npy", name, data)
    example("npz", name, bytes([len(name) % 2]) + data)
example("partition", "list", "000001.jpg 0\n000002.jpg 1\n000003.jpg 2\n")
example("pictures", "two", zipped({f"x/{i}.png": base64.b64decode(pictures[0]["file"]) for i in (1, 2)}))
example("pictures", "packed", zipped({f"x/{i}.jpg": jpeg("L", quality=20) for i in (1, 2)}, zipfile.ZIP_DEFLATED))
for picture in pictures:
    example("png", picture["name"], base64.b64decode(picture["file"]))
for depth in (1, 2, 4, 8, 16):
    example("png-pixels", f"grey-{depth}", bytes([4, 3, depth, 0, 0]) + bytes(range(3 * (1 + (4 * depth + 7) // 8))))
example("png-pixels", "colour", bytes([4, 3, 8, 2, 0]) + bytes(39))
example("png-pixels", "palette", bytes([4, 3, 4, 3, 1]) + bytes(60))
example("png-pixels", "opaque", bytes([2, 2, 8, 6, 0]) + (bytes([0]) + bytes([1, 2, 3, 255]) * 2) * 2)
example("protobuf", "constants", constant(b"a", [2, 3], field(4, floats)) + constant(b"b", [2], field(5, 1.5))
        + field(1, field(1, b"c") + field(2, b"Relu") + field(3, b"a")))
example("safetensors", "types", safetensors({
    "a": ("F32", [2, 3], floats), "b": ("I64", [1], bytes(8)), "c": ("BF16", [2], bytes(4)), "d": ("U8", [0, 3], b""),
}, {"format": "pt"}))
state = dict(stage=1, iteration=4, finished=[], curves=dict(points=[], window=2, prefix="", count=0,
             sum=dict(loss=0.5, reconstruction=0.25, kl=0.125)))
training = dict(iterations=10, batch=2, learningRate=0.1, beta1=0.9, beta2=0.99, epsilon=1e-8, halveEvery=0,
                selection="best", checkpointEvery=2, logEvery=2, secondStage=dict(iterations=0, halveEvery=0))
candidates = dict(training=training, recent=[0.5, 0.25], bestLoss=0.5)


def savepoint(state, prefixes):
    arrays = {prefix + name: array for prefix in prefixes for name, array in weights.items()}
    return safetensors(arrays, dict(owner='{"seed":"1"}', sha256="0" * 64, state=json.dumps(state)))


example("savepoint", "last", savepoint(state, ["values/", "first-moment/", "second-moment/"]))
example("savepoint", "best", savepoint(dict(state, candidates=candidates), ["values/", "best/"]))
for name, text in dict(range="0..4", list="0,2,5", one="3").items():
    example("seeds", name, text)
for name, text in dict(all="*", some="dpvae/*/v[ae]?", one="dpvae/mnist/vae", not_="[!a-c]*e").items():
    example("selector", name.strip("_"), text)
example("store", "as-it-is", bytes(5))
example("store", "another-byte", bytes([0, 40, 17, 1, 0x41]) + bytes([0, 90, 3, 2, 0x41, 0x42]))
archive = io.BytesIO()
with tarfile.open(fileobj=archive, mode="w", format=tarfile.USTAR_FORMAT) as tar:
    for name in ("x/b.bin", "x/a.bin"):
        info = tarfile.TarInfo(name)
        info.size = 5
        tar.addfile(info, io.BytesIO(b"12345"))
example("tar", "two", archive.getvalue()[:3072])
example("cifar", "record", bytes([9]) + bytes(i % 251 for i in range(3072)))
for name in ("dictionary", "views"):
    files = {file["name"]: base64.b64decode(file["file"]) for file in torch["files"]}
    example("torch", name, files[name + "-zip"])
    example("torch-old", name, files[name + "-legacy"][15:])
tensor = (b"ctorch._utils\n_rebuild_tensor_v2\n((X\7\0\0\0storagectorch\nFloatStorage\nX\1\0\0\0" + b"0X\3\0\0\0cpuK\x10tQ"
          b"K\0(K\2K\3t(K\3K\1t\x89ccollections\nOrderedDict\n)RtR")
example("pickle", "tensor", b"\x80\2}q\0(X\1\0\0\0a" + tensor + b"X\1\0\0\0b]q\1(K\1h\1eu.")
example("pickle", "values", pickle.dumps({"a": (1, 2.5, "text", None, True, [1, 2], {}), "b": -70000}, 2))
example("web-page", "notice", "<!DOCTYPE html><html><title>Quota &amp; so on</title></html>")
example("yaml", "tree", "a: 1  # a source\nb: [x, \"y z\", 'w']\nc:\n  d: { e: 1.5 }\n  f: |\n    two\n    lines\n")
for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
    example("zip", f"method-{method}", zipped({"x/a.bin": b"aaaaaaaaaaaaaaaa" * 4, "empty": b""}, method))
example("paper", "small", """
title: A paper
source: somebody
datasets: { two-moons: two moons }
methods: { vae: VAE, dpvae: dpVAE }
experiments:
  - { datasets: [two-moons], methods: [vae, dpvae], readings: [paper, code], metrics: [elbo, leakage?t=-90] }
layers:
  - settings:
      dataset: { name: two-moons, preprocessing: none, trainLimit: 0, testLimit: 0, augment: false }
      method: { name: vae, prior: standard, posterior: gaussian, settings: {} }
      likelihood: { name: gaussian, settings: { mseWeight: 1 } }
      network: { name: two-moons-mlp, latents: 2, leakySlope: 0.01, couplingBlocks: 2 }
      training:
        iterations: 10
        batch: 5
        learningRate: 1.0e-4  # ours
        beta1: 0.9
        beta2: 0.999
        epsilon: 1.0e-8
        halveEvery: 0
        selection: last
        checkpointEvery: 5
        logEvery: 5
        secondStage: { iterations: 0, halveEvery: 0 }
      evaluation:
        samples: 20
        lowPosteriorDraws: 50
        lowPosteriorKept: 5
        sklSamples: 50
        leakageSamples: 30
        leakagePosteriors: 50
        likelihoodImages: 10
        likelihoodSamples: 21
        lowPosteriorDensity: exact
  - when: { methods: ["dp*"] }
    departures: [none to speak of]
    settings: { method: { prior: decoupled } }
  - when: { tiers: [smoke] }
    settings: { training: { iterations: 5 } }
claims:
  - id: "{dataset}/{better}-over-{worse}"
    statement: "{better} is better than {worse} on {dataset}."
    source: ours
    datasets: [two-moons]
    pairs: [[dpvae, vae]]
    metric: elbo
    tier: smoke
    seeds: 5
    level: 0.05
figures:
  - id: figure-1
    title: Curves
    source: ours
    note: none
    kind: curves
    datasets: [two-moons]
    methods: [vae, dpvae]
    shows: [loss]
thresholds: { usual: 0.05, byMetric: { elbo: 0.01 } }
departures: []
notImplemented: []
""")


def finding(target, name, data):
    """What once broke a parser, made small."""
    (tests / "FuzzTests/Corpus" / target / name).write_bytes(data.encode() if isinstance(data, str) else data)




def shared_bytes():
    """Seventy names in the directory for the same packed bytes."""
    whole = zipped({"a": bytes(4000)}, zipfile.ZIP_DEFLATED)
    start = whole.index(b"PK\1\2")
    end = whole.index(b"PK\5\6")
    directory = whole[start:end] * 70
    return whole[:start] + directory + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 70, 70, len(directory), start, 0)


finding("zip", "shorter-than-its-end-record", b"PK\5\6")
finding("zip", "entries-share-their-bytes", shared_bytes())
finding("npz", "shape-of-the-largest-int", b"\0" + npy("|u1", "(9223372036854775807,)", b""))
finding("npy", "no-images-of-any-size", npy("|u1", "(0, 1099511627776, 1099511627776)", b""))
shared = b"\x80\2(" + b"N" * 50 + b"tq\0"
for level in range(12):
    shared += b"(" + b"h" + bytes([level]) + (b"h" + bytes([level])) * 49 + b"tq" + bytes([level + 1])
finding("pickle", "tuples-of-one-tuple", shared + b".")
finding("protobuf", "one-number-for-many",
        b"".join(constant(b"%d" % i, [1 << 18], field(5, 1.5)) for i in range(60)))
aliases = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
for one, other in zip("bcdefghij", "abcdefghi"):
    aliases += f"{one}: &{one} [{', '.join(['*' + other] * 10)}]\n"
finding("yaml", "aliases-of-aliases", aliases)
finding("yaml", "key-of-aliases", aliases + "? *j\n: 1\n")
finding("yaml", "deep", "[" * 990 + "]" * 990)
huge = Image.new("L", (16, 16))
out = io.BytesIO()
huge.save(out, "JPEG")
finding("jpeg", "more-pixels-than-bytes", out.getvalue().replace(struct.pack(">HH", 16, 16), struct.pack(">HH", 8000, 8000)))
wide = bytearray(base64.b64decode(pictures[0]["file"]))
wide[16:24] = struct.pack(">II", 8000, 8000)
finding("png", "more-pixels-than-bytes", bytes(wide))


def cache(**changes):
    contents = dict(dataset="set", preprocessing="none", version=1, shape=[1, 2, 3], trainCount=2, testCount=1,
                    isLabelled=False, remarks=[], originals=[], digest=hashlib.sha256(items).hexdigest(),
                    labelDigest=hashlib.sha256(b"").hexdigest())
    return items + json.dumps(contents | changes).encode()


finding("cache", "fewer-than-no-items", cache(trainCount=-1, testCount=4))
finding("cache", "more-than-an-int-counts", cache(shape=[1 << 31, 1 << 31, 1 << 31]))
finding("cache", "json-of-something-else", items + b'{"dataset": 1}')
finding("safetensors", "json-of-something-else", b'{"a":[1,2]}\n')
finding("savepoint", "array-of-another-shape", savepoint(state, ["values/"]).replace(b"[2,3]", b"[3,2]"))
finding("savepoint", "at-the-largest-int", savepoint(dict(state, iteration=(1 << 63) - 1), ["values/"]))
finding("savepoint", "window-of-none", savepoint(dict(
    state, candidates=dict(candidates, training=dict(training, checkpointEvery=0), recent=[])), ["values/", "best/"]))
finding("savepoint", "best-of-some", safetensors(
    {"values/a": weights["a"], "best/b": weights["b"], "best/a": weights["a"]} | {"values/b": weights["b"]}, dict(
        owner='{"seed":"1"}', sha256="0" * 64, state=json.dumps(dict(state, candidates=candidates)))).replace(
            b"best/a", b"rest/a"))
