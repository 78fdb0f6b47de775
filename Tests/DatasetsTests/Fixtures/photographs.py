"""What Pillow makes of the first pictures of real datasets: SHA-256 over the first 32 items of a split after each step.

usage: photographs.py DATA > photographs.json        (Pillow 13.0, libjpeg-turbo 3.2)

DATA holds cifar-10-batches-bin and celeba/img_align_celeba_half_first10k.zip. Items are [channels, height, width] bytes, the
first of CIFAR-10's test batch and of CelebA's training images. Only digests are kept: the pictures are not ours to give.
"""
import hashlib
import io
import json
import sys
import zipfile

import numpy as np
from PIL import Image

data, count = sys.argv[1], 32


def digest(images):
    return hashlib.sha256(b"".join(np.asarray(i).transpose(2, 0, 1).tobytes() for i in images)).hexdigest()


def jpeg(image):
    file = io.BytesIO()
    image.save(file, "JPEG", quality=75)
    return Image.open(io.BytesIO(file.getvalue())).convert("RGB")


records = np.fromfile(f"{data}/cifar-10-batches-bin/test_batch.bin", dtype=np.uint8, count=count * 3073).reshape(count, 3073)
small = [Image.fromarray(r[1:].reshape(3, 32, 32).transpose(1, 2, 0).copy(), "RGB") for r in records]

archive = zipfile.ZipFile(f"{data}/celeba/img_align_celeba_half_first10k.zip")
faces = [
    Image.open(io.BytesIO(archive.read(f"img_align_celeba_half/{i:06d}.jpg"))).convert("RGB") for i in range(1, count + 1)
]


def cropped(left, top, side, to):
    """Half of the crop of the whole pictures, rounded down."""
    box = (left // 2, top // 2, left // 2 + side // 2, top // 2 + side // 2)
    return digest([face.crop(box).resize((to, to), Image.BILINEAR) for face in faces])


print(json.dumps({
    "celeba": {
        "celeba-128-to-64": cropped(25, 45, 128, 64), "celeba-140-to-64": cropped(19, 39, 140, 64),
        "celeba-148-to-32": cropped(15, 35, 148, 32), "celeba-148-to-64": cropped(15, 35, 148, 64),
    },
    "cifar-10": {
        "none": digest(small), "jpeg-75": digest([jpeg(i) for i in small]),
        "resize-28": digest([i.resize((28, 28), Image.BILINEAR) for i in small]),
    },
}, indent=1))
