import CKernels
import Experiments
import Foundation

struct ProcessorExamination: Examination {
  func findings(at site: Site) -> [Finding] {
    let set = String(cString: kernel_instruction_set())
    let account = "\(Machine.processor), \(Machine.cores) cores, kernels for \(set)"
    return Machine.processorFlags.contains("avx2")
      ? [Finding("processor", .good, account)]
      : [Finding("processor", .limited, account + "; without AVX2 it will be slow, use a newer machine")]
  }
}

struct MemoryExamination: Examination {
  /// What a worker may take, in gigabytes.
  private static let worker = 0.6

  func findings(at site: Site) -> [Finding] {
    let gigabytes = Double(ProcessInfo.processInfo.physicalMemory) / 1e9
    let account = String(format: "%.1f GB", gigabytes)
    guard gigabytes < Double(Machine.cores) * Self.worker else { return [Finding("memory", .good, account)] }
    let jobs = Int(max(1, gigabytes / Self.worker))
    return [Finding("memory", .limited, account + "; a worker may take \(Self.worker) GB: use --jobs \(jobs)")]
  }
}

struct LibraryExamination: Examination {
  func findings(at site: Site) -> [Finding] {
    let versions = Provenance.libraries.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    let kernels = WorkerEnvironment.coreType(Machine.processorFlags).map { ", OpenBLAS kernels for \($0)" } ?? ""
    return [Finding("libraries", .good, versions.joined(separator: ", ") + kernels)]
  }
}

/// Room for weights, pictures and data.
struct DiskExamination: Examination {
  /// A smoke run of everything leaves some 6 GB; a single paper's nightly runs less than 1.
  private static let (little, enough) = (1_000_000_000, 8_000_000_000)

  func findings(at site: Site) -> [Finding] {
    let folder = (site.store as NSString).deletingLastPathComponent
    return [("disk", folder), ("disk for data", site.data)].map { subject, folder in
      guard let room = Self.room(in: folder) else {
        return Finding(subject, .broken, "\(folder) cannot be looked at; name another place with --store and --data")
      }
      let account = "\(Numerals.bytes(room)) free for \(folder)"
      if room < Self.little { return Finding(subject, .broken, account + "; make room, or name another place") }
      return room < Self.enough
        ? Finding(subject, .limited, account + "; a smoke run of everything leaves 6 GB")
        : Finding(subject, .good, account)
    }
  }

  /// The bytes that are free where a folder is or will be.
  private static func room(in folder: String) -> Int? {
    var place = URL(filePath: folder).standardizedFileURL
    while !FileManager.default.fileExists(atPath: place.path), place.path != "/" { place.deleteLastPathComponent() }
    let attributes = try? FileManager.default.attributesOfFileSystem(forPath: place.path)
    return (attributes?[.systemFreeSize] as? NSNumber)?.intValue
  }
}
