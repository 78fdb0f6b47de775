import Comparison
import Foundation
import Reporting
import SampleReport
import Testing

/// The sample report in headless Chromium, as readers have it; one browser for all tests, one after the other.
///
/// Skipped where chromedriver is not installed: `make setup-browser` installs it.
@Suite(
  .serialized, .enabled(if: Chromedriver.isInstalled, "chromium-driver is not installed; run 'make setup-browser'"),
  InBrowser())
struct BrowserTests {}

/// Tests within find a browser in `InBrowser.browser`, and the report's pages in it.
struct InBrowser: SuiteTrait, TestScoping {
  @TaskLocal private static var current: Browser?

  static var browser: Browser {
    get throws { try #require(current) }
  }

  func provideScope(for test: Test, testCase: Test.Case?, performing body: @Sendable () async throws -> Void)
    async throws
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: "assay-browser-\(UUID())")
    try write(report([SampleFindings().findings()], command: "assay report"), to: folder)
    defer { try? FileManager.default.removeItem(at: folder) }
    let chromedriver = try Chromedriver()
    let browser = Browser(driver: try WebDriver(port: chromedriver.port), folder: folder)
    let result: Result<Void, any Error>
    do { result = .success(try await Self.$current.withValue(browser) { try await body() }) } catch {
      result = .failure(error)
    }
    try browser.quit()
    withExtendedLifetime(chromedriver) {}
    try result.get()
  }

  private func write(_ files: [ReportFile], to folder: URL) throws {
    for file in files {
      let url = folder.appending(path: file.path)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try file.content.write(to: url)
    }
  }
}
