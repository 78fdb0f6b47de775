"""Archives of the same four files as Python and GNU tar write them.

usage: archives.py DIRECTORY        (Python 3.11, GNU tar 1.34)

  gnu.tar.gz     GNU tar's own format, with a directory and a link
  pax.tar.gz     pax headers before every file, and a name too long for the old header
  stored.zip, packed.zip
"""
import io
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile

folder = sys.argv[1]
files = {
    "x/a.bin": bytes([1, 2, 3]), "x/empty.bin": b"", "x/long.bin": bytes(range(256)) * 9,
    "x/" + "n" * 120 + ".bin": b"long name",
}

with tempfile.TemporaryDirectory() as place:
    os.mkdir(f"{place}/x")
    for name, contents in files.items():
        with open(f"{place}/{name}", "wb") as file:
            file.write(contents)
    os.symlink("a.bin", f"{place}/x/link.bin")
    subprocess.run(
        ["tar", "--format=gnu", "--owner=0", "--group=0", "-czf", os.path.abspath(f"{folder}/gnu.tar.gz"), "x"],
        cwd=place, check=True)

with tarfile.open(f"{folder}/pax.tar.gz", "w:gz", format=tarfile.PAX_FORMAT) as archive:
    for name, contents in files.items():
        info = tarfile.TarInfo(name)
        info.size = len(contents)
        info.mtime = 1.5
        archive.addfile(info, io.BytesIO(contents))

for name, method in [("stored.zip", zipfile.ZIP_STORED), ("packed.zip", zipfile.ZIP_DEFLATED)]:
    with zipfile.ZipFile(f"{folder}/{name}", "w", method) as archive:
        for file, contents in files.items():
            archive.writestr(file, contents)
