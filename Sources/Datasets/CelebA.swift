/// Aligned faces: 162,770 training and 19,962 test images of 218 × 178 pixels in colour (Liu et al. 2015).
///
/// The official partition by file name; the 19,867 images of its validation part are left out. Images come in the order of
/// their names: the papers' code took them as its file system listed them. The archive or its folder is read, or, where
/// neither is there, a copy at half of the size.
package struct CelebA: DatasetRecipe {
  package static let card = DatasetCard(
    name: "celeba", title: "CelebA", itemShape: [3, 218, 178], trainCount: 162_770, testCount: 19_962,
    source: "Liu, Luo, Wang, Tang 2015, https://mmlab.ie.cuhk.edu.hk/projects/CelebA.html", isSynthetic: false)

  package init() {}

  package var origin: Origin {
    let optional: Set = [Self.partition.name]
    return .files(
      [
        DataForm(files: [Self.archive, Self.partition], optional: optional) { paths in
          try FaceAlbum(try ZippedFaces(paths[Self.archive.name, default: ""], folder: Self.folder))
            .pictures(partition: paths[Self.partition.name])
        },
        DataForm(files: [Self.loose, Self.partition], optional: optional) { paths in
          try FaceAlbum(try LooseFaces(paths[Self.loose.name, default: ""]))
            .pictures(partition: paths[Self.partition.name])
        },
        DataForm(files: [Self.halvedArchive]) { paths in
          try FaceAlbum(
            try ZippedFaces(paths[Self.halvedArchive.name, default: ""], folder: Self.halvedFolder), areHalved: true
          ).pictures(partition: nil)
        },
        DataForm(files: [Self.halvedLoose]) { paths in
          try FaceAlbum(try LooseFaces(paths[Self.halvedLoose.name, default: ""]), areHalved: true)
            .pictures(partition: nil)
        },
      ], steps: ["celeba-128-to-64", "celeba-140-to-64", "celeba-148-to-32", "celeba-148-to-64"])
  }

  private static let folder = "img_align_celeba"
  private static let halvedFolder = "img_align_celeba_half"

  // As in TensorFlow Datasets (url_checksums/celeb_a.txt); torchvision has the MD5 00d2c5bc… and d32c9cbf….
  private static let archive = DataFile(
    name: "img_align_celeba.zip", bytes: 1_443_490_838,
    sha256: "46fb89443c578308acf364d7d379fe1b9efb793042c0af734b6112e4fd3a8c74")
  private static let partition = DataFile(
    name: "list_eval_partition.txt", bytes: 2_836_386,
    sha256: "fc955bcb3ef8fbdf7d5640d9a8693a8431b5f2ee291a5c1449a1549e7e073fe7")
  private static let loose = DataFile(name: folder, proof: .folder)
  // The first 10,000 images, scaled and saved again by a third party.
  private static let halvedArchive = DataFile(
    name: "img_align_celeba_half_first10k.zip", bytes: 29_062_932,
    sha256: "15aa63277a0f1573e37da8b925ae7763ac780ad1649f8d3c910b55e8a3ecb23f")
  private static let halvedLoose = DataFile(name: halvedFolder, proof: .folder)
}
