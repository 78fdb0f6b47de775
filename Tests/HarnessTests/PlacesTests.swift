import Foundation
import Harness
import Testing

@Suite struct PlacesTests {
  private func places(_ environment: [String: String], at folder: String = "/w", program: String = "/p/assay") -> Places
  {
    Places(environment: environment, workingDirectory: folder, executable: program)
  }

  @Test func `the home is ASSAY_HOME, else a folder of XDG_DATA_HOME, else of the user's`() {
    #expect(places(["ASSAY_HOME": "/a", "XDG_DATA_HOME": "/x", "HOME": "/h"]).home == "/a")
    #expect(places(["XDG_DATA_HOME": "/x", "HOME": "/h"]).home == "/x/assay")
    #expect(places(["HOME": "/h", "XDG_DATA_HOME": ""]).home == "/h/.local/share/assay")
  }

  @Test func `an option goes before the environment, and the environment before the home`() {
    let environment = ["ASSAY_HOME": "/a", "ASSAY_DATA": "/d"]
    #expect(places(environment).data("/o") == "/o")
    #expect(places(environment).data(nil) == "/d")
    #expect(places(["ASSAY_HOME": "/a"]).data(nil) == "/a/data")
    #expect(places(environment).store(nil) == "/a/assay.sqlite")
    #expect(places(environment).store("here/s.sqlite") == "/w/here/s.sqlite")
  }

  @Test func `papers are found at or above the working directory, then above the program`() throws {
    let root = try TemporaryFolder()
    try root.write("", to: "near/Baselines/x")
    try root.write("", to: "near/a/b/x")
    try root.write("", to: "far/Baselines/x")
    let program = root.path + "/far/.build/release/assay"
    let near = places([:], at: root.path + "/near/a/b", program: program)
    #expect(try near.baselines(nil) == root.path + "/near/Baselines")
    let elsewhere = places([:], at: "/", program: program)
    #expect(try elsewhere.baselines(nil) == root.path + "/far/Baselines")
    let named = places(["ASSAY_BASELINES": "/named"], at: root.path + "/near")
    #expect(try named.baselines(nil) == "/named")
    #expect(try named.baselines("/option") == "/option")
  }

  @Test func `without papers anywhere there is one sentence`() throws {
    #expect(throws: HarnessError.noBaselines(from: "/")) { try places([:], at: "/", program: "/assay").baselines(nil) }
  }
}
