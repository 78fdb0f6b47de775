import Foundation

/// libFuzzer's loop.
///
/// Source: LLVM, `compiler-rt/lib/fuzzer/FuzzerDriver.cpp`.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ trial: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// The program of `make fuzz`: `fuzz` lists the targets, `fuzz TARGET [FLAG|FOLDER|FILE]…` hands the rest to libFuzzer.
@main enum Fuzzer {
  nonisolated(unsafe) private static var target: FuzzTarget?
  nonisolated(unsafe) private static var folder: FuzzFolder?

  static func main() throws {
    guard CommandLine.arguments.count > 1 else { return print(FuzzCatalog.all.map(\.name).joined(separator: "\n")) }
    target = FuzzCatalog.all.first { $0.name == CommandLine.arguments[1] }
    guard target != nil else {
      print("fuzz: there is no target '\(CommandLine.arguments[1])'; call it without any for the list")
      exit(64)
    }
    folder = try FuzzFolder()
    let words = [CommandLine.arguments[0]] + CommandLine.arguments.dropFirst(2)
    var (count, arguments) = (
      Int32(words.count), UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: words.count + 1)
    )
    for (index, word) in words.enumerated() { arguments[index] = strdup(word) }
    arguments[words.count] = nil
    let status = runDriver(&count, &arguments) { start, count in
      Fuzzer.trial(Array(UnsafeBufferPointer(start: start, count: count)))
      return 0
    }
    folder = nil
    exit(status)
  }

  /// Ends the program, which libFuzzer takes for a finding, where the parser does not do as it should.
  private static func trial(_ bytes: [UInt8]) {
    guard let target, let folder else { return }
    let fault: String?
    do { fault = try folder.fault(of: target, on: bytes) } catch {
      fault = "the folder for inputs is out of order: \(error)"
    }
    guard let fault else { return }
    FileHandle.standardError.write(Data("fuzz: \(fault)\n".utf8))
    abort()
  }
}
