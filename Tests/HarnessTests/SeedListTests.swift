import Harness
import Testing

@Suite struct SeedListTests {
  @Test(arguments: [
    ("0..4", [0, 1, 2, 3, 4]), ("3", [3]), ("0,2,5", [0, 2, 5]), ("7..7", [7]), ("5,0..2,1", [0, 1, 2, 5]),
  ])
  func `a list of seeds is read, ascending and each once`(text: String, seeds: [Int]) throws {
    #expect(try SeedList(text).seeds == seeds)
  }

  @Test(arguments: ["3..1", "", "a", "-1", "0..", "..4", "1,,2", "0...4", "1.5", "0 1", "0..99999", "+3"])
  func `any other list is a fault of the command line, said in one sentence`(text: String) {
    #expect {
      try SeedList(text)
    } throws: { error in
      "\(error)".hasPrefix("The seed list '\(text)' ") && "\(error)".hasSuffix("write 0..4, 3 or 0,2,5.")
        && Failure.exitCode(of: error) == 64
    }
  }
}
