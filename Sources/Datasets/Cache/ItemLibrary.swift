import Foundation

/// The converted items of a dataset with files: found in the data directory, or made there on first use.
struct ItemLibrary {
  let dataset: String
  let forms: [DataForm]
  let step: Preprocessing
  let folder: DataFolder

  /// The file of the items, named after the dataset, the step and its version.
  var path: String {
    (folder.folder(of: dataset) as NSString)
      .appendingPathComponent("\(dataset)-\(step.name)-v\(step.version).items")
  }

  /// The file, where it is there and made from the official files as they lie there now; one whose official files are all
  /// gone is good as well.
  /// - Throws: `DatasetError.malformed` for a file that is not whole.
  func current() throws -> ItemCache? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let (cache, stamps) = (try ItemCache(path), folder.stamps(forms, dataset: dataset))
    guard cache.contents.dataset == dataset, cache.contents.preprocessing == step.name else {
      throw DatasetError.malformed(path, reason: "holds the items of another dataset or another step")
    }
    return stamps.isEmpty || stamps == cache.contents.originals ? cache : nil
  }

  /// The file, made if it has to be.
  ///
  /// Of several processes that want it at once one makes it and the others wait. Where the data directory cannot be
  /// written to, it is made in the temporary directory and is gone when this process lets go of it.
  /// - Throws: `DatasetError`.
  func obtain() throws -> (train: Items, test: Items, contents: ItemCache.Contents) {
    if let cache = try current() { return try read(cache) }
    let home = folder.folder(of: dataset)
    guard isWritableFolder(home) else { return try elsewhere() }
    return try locked(home) {
      // Another process may have made it while this one waited.
      if let cache = try current() { return try read(cache) }
      return try read(try convert(to: path))
    }
  }

  private func read(_ cache: ItemCache) throws -> (train: Items, test: Items, contents: ItemCache.Contents) {
    let (train, test) = try cache.items()
    return (train, test, cache.contents)
  }

  private func elsewhere() throws -> (train: Items, test: Items, contents: ItemCache.Contents) {
    let place = NSTemporaryDirectory() + "assay-\(UUID().uuidString).items"
    defer { unlink(place) }
    return try read(try convert(to: place))
  }

  /// Writes a file under another name and gives it its own when it is whole.
  private func convert(to place: String) throws -> ItemCache {
    let stamps = folder.stamps(forms, dataset: dataset)
    let pictures = try folder.pictures(forms, dataset: dataset)
    let part = place + ".part"
    // What a process that was killed has left; whoever writes holds the lock.
    unlink(part)
    do {
      let step = pictures.areHalved ? step.halved : step
      try ItemCacheWriter(part).write(pictures, of: dataset, step: step, originals: stamps)
      guard rename(part, place) == 0 else {
        throw DatasetError.unwritable(place, reason: String(cString: strerror(errno)))
      }
    } catch {
      unlink(part)
      throw error
    }
    return try ItemCache(place)
  }

  /// Makes the folder if it is not there.
  private func isWritableFolder(_ path: String) -> Bool {
    mkdir(path, 0o755)
    // The slash at the end holds for folders alone.
    return access(path + "/", W_OK) == 0
  }

  /// Acts while no other process does so in the same folder.
  private func locked<Result>(_ path: String, _ act: () throws -> Result) throws -> Result {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw DatasetError.unreadable(path, reason: String(cString: strerror(errno))) }
    // Closing lets go of the lock; so does the end of the process, however it comes.
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else {
        throw DatasetError.unwritable(path, reason: "no lock: " + String(cString: strerror(errno)))
      }
    }
    return try act()
  }
}
