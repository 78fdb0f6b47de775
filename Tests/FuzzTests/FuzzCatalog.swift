import Archives

/// Every parser of what comes from outside; a new one is a line here and a folder of examples in `Corpus`.
///
/// `make fuzz` runs all under libFuzzer and AddressSanitizer; `make fuzz TARGET=png SECONDS=600` one for ten minutes. What
/// it finds lies in `.build/fuzz/findings/<target>`; `.build/fuzz/release/fuzz TARGET FILE` replays it, and moved to
/// `Corpus/<target>` it is tried by `make test` from then on.
enum FuzzCatalog {
  static let all: [FuzzTarget] = [
    .text("array-state", readArrayState),
    .text("artefact", readArtefact),
    .text("assignment", readAssignment),
    .file("cache", "set.items", wrap: withCacheFooter, readCache),
    .file("checkpoint", "w.safetensors", wrap: withSafetensorsLength, readCheckpoint),
    .file("cifar", "data_batch_1.bin", readCIFAR),
    .file("csv", "table-1.csv", readTable),
    .file("gzip", "a.gz", readGzip),
    .text("ids", readIDs),
    .file("idx", "a.gz", wrap: gzip, readIDX),
    .file("inception", "w.bin", readInception),
    .file("jpeg", "a.jpg", readPicture),
    .file("mat", "a.mat", readMAT),
    .file("mat-compressed", "a.mat", wrap: inMATElement, readMAT),
    .file("npy", "a.npy", readSamples),
    .file("npz", "a.npz", wrap: inNumpyArchive, readSamples),
    .file("paper", "paper.yaml", readPaper),
    .file("partition", "list.txt", readPartition),
    .file("pickle", "w.pth", wrap: inTorchArchive, readTorch),
    .file("pictures", "a.zip", readSamples),
    .file("png", "a.png", wrap: withPNGChecksums, readPicture),
    .file("png-pixels", "a.png", wrap: inPNG, readPicture),
    .file("protobuf", "graph.pb", readGraph),
    .file("safetensors", "a.safetensors", wrap: withSafetensorsLength, readSafetensors),
    .file("savepoint", "1.safetensors", wrap: withSavepointDigest, readSavepoint),
    .text("seeds", readSeeds),
    .text("selector", readSelector),
    .file("store", "assay.sqlite", wrap: asPatchesOfStore, readStore),
    .file("tar", "a.tar", wrap: withTarChecksums, readTar),
    .file("torch", "w.pth", readTorch),
    .file("torch-old", "w.pth", wrap: afterTorchMagic, readTorch),
    .file("web-page", "page.html", readWebPage),
    .file("yaml", "a.yaml", readYAML),
    .file("zip", "a.zip", readZip),
  ]
}
