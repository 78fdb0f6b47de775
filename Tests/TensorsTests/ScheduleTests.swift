import Tensors
import Testing

@Suite struct ScheduleTests {
  @Test func `a constant schedule changes nothing`() {
    #expect([0, 1, 1_000_000].allSatisfy { Schedule.constant.factor(at: $0) == 1 })
  }

  @Test func `halving halves after every so many steps`() {
    let schedule = Schedule.halving(every: 10)
    #expect([0, 9, 10, 19, 20, 35].map(schedule.factor) == [1, 1, 0.5, 0.5, 0.25, 0.125])
  }

  @Test func `steps hold from their place to the next`() {
    let schedule = Schedule.steps([.init(from: 5, factor: 0.5), .init(from: 8, factor: 0.1)])
    #expect([0, 4, 5, 7, 8, 100].map(schedule.factor) == [1, 1, 0.5, 0.5, 0.1, 0.1])
  }
}
