"""Reads the papers' printed tables out of text copies of the papers, as a second transcription.

usage: transcribe.py FOLDER > transcription.csv

FOLDER holds the papers as text, which is not ours to hand on:
  dpvae.txt          arXiv 1911.10506 as a text page: table rows as `VAE [24, 46] | 137.4 | ... |`
  two-stage-vae.txt  the ICLR 2019 version of arXiv 1903.05789: tables as running text, `MM GAN 9.8 ± 0.9 29.6 ± 1.6 ...`
  sigma-vae.txt      the ICLR 2021 submission of arXiv 2006.13202: tables as HTML

The tables under Baselines were typed from another transcription; PublishedTablesTests compares the two cell by cell.
There is no number of any table in this program: it knows the rows' and columns' headings only.
"""

import csv
import html
import re
import sys
from pathlib import Path

DPVAE_METHODS = [
    ("VAE", "vae"), ("dpVAE", "dpvae"), ("-VAE-H", "beta-vae-h"), ("-dpVAE-H", "beta-dpvae-h"),
    ("-VAE-B", "beta-vae-b"), ("-dpVAE-B", "beta-dpvae-b"), ("-TCVAE", "beta-tcvae"),
    ("-TC-dpVAE", "beta-tc-dpvae"), ("FactorVAE", "factor-vae"), ("Factor-dpVAE", "factor-dpvae"),
    ("InfoVAE", "info-vae"), ("Info-dpVAE", "info-dpvae"),
]

TWO_STAGE_METHODS = [
    ("MM GAN", "mm-gan"), ("NS GAN", "ns-gan"), ("LSGAN", "lsgan"), ("WGAN", "wgan"), ("WGAN GP", "wgan-gp"),
    ("DRAGAN", "dragan"), ("BEGAN", "began"), ("Best GAN", "best-gan"), ("VAE (cross-entr.)", "cross-entropy"),
    ("VAE (fixed γ)", "fixed-gamma"), ("VAE (learned γ)", "learned-gamma"), ("VAE + Flow", "flow"),
    ("WAE-MMD", "wae-mmd"), ("2-Stage VAE (ours)", "two-stage-vae"),
]

SIGMA_METHODS = {
    "Bernoulli VAE": "bernoulli-vae", "Categorical VAE": "categorical-vae",
    "Bitwise-categorical VAE": "bitwise-categorical-vae", "Logistic mixture VAE": "logistic-mixture-vae",
    "Gaussian VAE": "gaussian-vae", "Per-pixel σ-VAE": "per-pixel-sigma-vae", "Student-t VAE": "student-t-vae",
    "β-VAE": "beta-vae", "Shared σ-VAE": "shared-sigma-vae", "Optimal σ-VAE": "optimal-sigma-vae",
    "Opt. per-image σ-VAE": "per-image-sigma-vae", "σ-VAE": "optimal-sigma-vae",
}

# Table 2 repeats the row of Table 1 whose weight it took on SVHN; the harness has one experiment for both.
SIGMA_SVHN = {"beta-vae": "beta-vae-0.01"}


def dpvae(text):
    rows = [[cell.strip() for cell in line.split("|")] for line in text.splitlines() if line.count("|") >= 13]
    for heading, method in DPVAE_METHODS:
        found = [row for row in rows if re.sub(r"\s*\[.*\]", "", row[0]) == heading]
        assert len(found) == 1, heading
        columns = [(d, c) for d in ("mnist", "svhn", "celeba") for c in ("FID", "FID(LP)", "sKL", "NLL")]
        for (dataset, column), value in zip(columns, found[0][1:13], strict=True):
            yield "dpvae", "Table 1", dataset, method, column, value, ""


def two_stage(text):
    number = r"(\d+(?:\.\d+)?)"
    for heading, method in TWO_STAGE_METHODS:
        cells = rf"\s*{number} ± {number}" * 4 if method != "best-gan" else rf"\s*∼ {number}" * 4
        match = re.findall(rf"(?<![\w-]){re.escape(heading)}{cells}", text)
        assert len(match) == 1, (heading, match)
        pairs = [(v, "") for v in match[0]] if method == "best-gan" else list(zip(match[0][::2], match[0][1::2]))
        for dataset, (value, deviation) in zip(("mnist", "fashion-mnist", "cifar-10", "celeba"), pairs, strict=True):
            yield "two-stage-vae", "Table 1", dataset, method, "FID", value, deviation
    match = re.search(rf"VAE WAE-MMD WAE-GAN 2-Stage VAE \(ours\) CelebA FID {number} {number} {number} {number}", text)
    for name, value in zip(("vae", "wae-mmd", "wae-gan", "two-stage-vae"), match.groups(), strict=True):
        yield "two-stage-vae", "Table 2", "celeba", f"wae-network-{name}", "FID", value, ""


def sigma(text):
    tables = [
        [[html.unescape(cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)]
         for row in re.findall(r"<tr>(.*?)</tr>", table)]
        for table in re.findall(r"<table>(.*?)</table>", text)
        if "log p" in table
    ]
    first, second, third = tables

    def value(cell):
        text = cell.removeprefix("<").strip()
        return "" if text in ("", "-", "N/A") else text

    def method(cell):
        return SIGMA_METHODS[re.sub(r"\s*\[.*\]", "", cell)]

    for name, weight, bound, fid in first[1:]:
        own = f"beta-vae-{weight}" if method(name) == "beta-vae" else method(name)
        yield "sigma-vae", "Table 1", "svhn", own, "-log p", value(bound), ""
        yield "sigma-vae", "Table 1", "svhn", own, "FID", value(fid), ""
    for name, *cells in second[2:]:
        for index, dataset in enumerate(("celeba", "svhn", "cifar-10", "bair")):
            own = SIGMA_SVHN.get(method(name), method(name)) if dataset == "svhn" else method(name)
            for column, cell in zip(("-log p", "FID"), cells[2 * index:2 * index + 2], strict=True):
                yield "sigma-vae", "Table 2", dataset, own, column, value(cell), ""
    for name, bound, fid in third[1:]:
        yield "sigma-vae", "Table 3", "mnist", method(name), "-log p", value(bound), ""
        yield "sigma-vae", "Table 3", "mnist", method(name), "FID", value(fid), ""


def main():
    folder = Path(sys.argv[1])
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["paper", "table", "dataset", "method", "column", "value", "deviation"])
    for name, read in (("dpvae", dpvae), ("two-stage-vae", two_stage), ("sigma-vae", sigma)):
        out.writerows(read((folder / f"{name}.txt").read_text(encoding="utf-8")))


main()
