"""Arrays as NumPy writes them, and what is in them.

usage: numpy-files.py > numpy-files.json        (NumPy 2.4)

Each case: the file in base64, its shape, and its numbers in row-major order; `refused` has files with what a reader
of numbers must refuse; `archives` has .npz files with their arrays.
"""
import base64
import io
import json
import zipfile

import numpy as np
from numpy.lib import format as npy


def file(array, version=None):
    out = io.BytesIO()
    npy.write_array(out, array, version=version)
    return out.getvalue()


def case(name, array, version=None):
    return dict(name=name, file=text(file(array, version)), shape=list(array.shape),
                values=[float(value) for value in array.ravel(order="C")])


def text(data):
    return base64.b64encode(data).decode()


def archive(names, arrays, method):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as zipped:
        for name, array in zip(names, arrays):
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            info.compress_type = method
            zipped.writestr(info, file(array))
    return out.getvalue()


count = np.arange(24).reshape(2, 3, 4)
rough = np.array([[0.1, -2.5e-8, 3e38], [np.inf, -0.0, 1 / 3]])
types = ["u1", "i1", "<u2", "<i2", "<u4", "<i4", "<u8", "<i8", "<f2", "<f4", "<f8"]
cases = [case(dtype, count.astype(dtype)) for dtype in types]
cases += [
    case("bool", count % 3 == 0),
    case("fortran", np.asfortranarray(count.astype("<f4"))),
    case("fortran-bytes", np.asfortranarray(count.astype("u1"))),
    case("fortran-vector", np.asfortranarray(np.arange(5.0))),
    case("rough-f4", rough.astype("<f4")),
    case("rough-f8", rough),
    case("negative", -count.astype("<i8") * 2**33),
    case("scalar", np.array(3.5)),
    case("empty", np.zeros((0, 4))),
    case("version-2", count.astype("<f4"), (2, 0)),
    case("version-3", count.astype("<f4"), (3, 0)),
]
objects = io.BytesIO()
np.save(objects, np.array([print], dtype=object), allow_pickle=True)
refused = [
    dict(name="big-endian", file=text(file(count.astype(">f4"))), reason="holds big-endian numbers ('>f4')"),
    dict(name="complex", file=text(file(count.astype("<c8"))), reason="holds '<c8', which are no numbers"),
    dict(name="text", file=text(file(np.array(["a", "b"]))), reason="holds '<U1', which are no numbers"),
    dict(name="objects", file=text(objects.getvalue()), reason="holds '|O', which are no numbers"),
    dict(name="records", file=text(file(np.zeros(2, dtype=[("a", "<f4"), ("b", "u1")]))),
         reason="has a damaged header, or one of records"),
]
small = [np.arange(4.0).reshape(2, 2), np.asfortranarray(count.astype("u1"))]
archives = [
    dict(name=name, file=text(archive(["first.npy", "more/second.npy"], small, method)))
    for name, method in [("stored", zipfile.ZIP_STORED), ("packed", zipfile.ZIP_DEFLATED)]
]
saved, packed = io.BytesIO(), io.BytesIO()
np.savez(saved, **{"first": small[0], "more/second": small[1]})
np.savez_compressed(packed, **{"first": small[0], "more/second": small[1]})
archives += [dict(name="savez", file=text(saved.getvalue())), dict(name="savez_compressed", file=text(packed.getvalue()))]
outside = [
    dict(name=name, file=text(archive(["first.npy", name], small, zipfile.ZIP_STORED)))
    for name in ["../second.npy", "/etc/second.npy", "x/../../second.npy", "..\\second.npy"]
]
# Four million zeros: four megabytes out of four kilobytes.
bomb = text(archive(["first.npy"], [np.zeros(4_000_000, "u1")], zipfile.ZIP_DEFLATED))
# Numbers as text: JSON has no infinity.
arrays = [dict(case, values=[repr(value) for value in case["values"]]) for case in cases]
print(json.dumps(
    dict(arrays=arrays, refused=refused, archives=archives, outside=outside, bomb=bomb), indent=0))
