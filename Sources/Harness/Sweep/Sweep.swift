package import Experiments
import Foundation
import Glibc
package import Store

/// Runs, each in a worker process of its own, so that a crash costs one run and no number depends on how many there are.
///
/// Other sweeps may be at the same runs: each run is leased before it begins, and one that another process has is waited
/// for, and taken over if that process ends without it.
package struct Sweep {
  package let jobs: [WorkerJob]
  /// How many workers at a time.
  package let width: Int
  /// The program and arguments of a worker.
  package let command: [String]

  package init(jobs: [WorkerJob], width: Int, command: [String]) {
    (self.jobs, self.width, self.command) = (jobs, width, command)
  }

  /// What a sweep tells of itself.
  package enum Event {
    case started(Run, process: Int32)
    case worker(Run, WorkerEvent)
    case ended(Run, RunStatus, reason: String?)
    /// Its worker was killed, for once: it will go on in another one.
    case killed(Run, reason: String)
    /// Another process has it, and this sweep has nothing else to begin; told once of each.
    case waits(Run, for: RunHolder)
    /// Another process has seen to it.
    case settled(Run, RunStatus)
    /// Comes several times a second.
    case tick
  }

  /// How long workers have to leave what it takes to go on, once they are asked to stop.
  private static let grace = Duration.seconds(4)

  /// Works through the jobs in their order; after an interruption, runs under way are marked and nothing new begins.
  ///
  /// A sweep that cannot go on, such as for its store, asks its workers to leave what it takes to go on before it ends.
  /// - Throws: `HarnessError.notStarted`, `StoreError`.
  package func run(store: RunStore, observer: (Event) -> Void) throws {
    var floor = Floor(jobs, store)
    defer { for worker in floor.workers { worker.process.send(SIGKILL) } }
    do { try work(through: &floor, observer) } catch {
      while !floor.workers.isEmpty {
        floor.stop(grace: Self.grace)
        hear(floor.workers, observer)
        floor.letGo()
      }
      guard case StoreError.vanished(let path) = error else { throw error }
      try store.restore()
      throw StoreError.restored(path: path)
    }
  }

  private func work(through floor: inout Floor, _ observer: (Event) -> Void) throws {
    let environment = WorkerEnvironment.pinned(
      ProcessInfo.processInfo.environment, processorFlags: Machine.processorFlags)
    while true {
      if Interruption.count > 0 { floor.stop(grace: Self.grace) }
      while floor.workers.count < width, let job = try floor.next(observer) {
        observer(.started(job.run, process: try floor.begin(job, command, environment)))
      }
      if floor.workers.isEmpty, floor.waiting.isEmpty { return }
      hear(floor.workers, observer)
      for worker in floor.workers where worker.isOver { try finish(worker, on: &floor, observer) }
      floor.letGo()
      try floor.beat()
      observer(.tick)
    }
  }

  /// Waits up to a fifth of a second for words of any worker, and passes them on.
  private func hear(_ workers: [Worker], _ observer: (Event) -> Void) {
    let ears = workers.flatMap { worker in
      [(worker, worker.process.output), (worker, worker.process.errors)].filter { !$0.1.isAtEnd }
    }
    var polls = ears.map { pollfd(fd: $0.1.descriptor, events: Int16(POLLIN), revents: 0) }
    guard poll(&polls, nfds_t(polls.count), 200) > 0 else { return }
    for (poll, (worker, end)) in zip(polls, ears) where poll.revents != 0 {
      if end === worker.process.errors {
        worker.listen()
      } else {
        for event in worker.events() { observer(.worker(worker.job.run, event)) }
      }
    }
  }

  /// Takes the worker's word for how its run ended; marks the run where there is none.
  /// - Throws: `HarnessError.gaveUp` where it could do nothing for its store, which no other worker could either; `StoreError`.
  private func finish(_ worker: Worker, on floor: inout Floor, _ observer: (Event) -> Void) throws {
    let (run, ending) = (worker.job.run, worker.process.wait())
    if let (status, reason) = worker.ended { return observer(.ended(run, status, reason: reason)) }
    let isStopped = Interruption.count > 0
    let reason = isStopped ? "Interrupted by the user." : worker.reason(of: ending)
    let isOnceMore = !isStopped && ending == .signalled(SIGKILL) && floor.takeBack(worker.job)
    let isUnharmed = isStopped || isOnceMore || [.exited(3), .exited(130)].contains(ending)
    let status: RunStatus = isUnharmed ? .interrupted : .failed
    try floor.store.finish(run.id, with: RunOutcome(status: status, reason: reason))
    observer(isOnceMore ? .killed(run, reason: reason) : .ended(run, status, reason: reason))
    if !isStopped, ending == .exited(3) { throw HarnessError.gaveUp(reason) }
  }
}

/// The jobs that wait and the workers at work on others.
private struct Floor {
  private(set) var waiting: [WorkerJob]
  private(set) var workers: [Worker] = []
  let store: RunStore
  /// The runs whose worker was killed before, by id.
  private var killed: Set<String> = []
  private var lastBeat = ContinuousClock.now
  /// When to look again for a run that other processes have let go.
  private var nextLook = ContinuousClock.now
  private var stopped: ContinuousClock.Instant?
  /// The processes that were told to be waited for, by run id.
  private var told: [String: String] = [:]

  init(_ jobs: [WorkerJob], _ store: RunStore) { (waiting, self.store) = (jobs, store) }

  /// Leases the next run that is to be had.
  /// - Throws: `StoreError`.
  mutating func next(_ observer: (Sweep.Event) -> Void) throws -> WorkerJob? {
    let free = waiting.filter { job in !workers.contains { $0.isInTheWay(of: job) } }
    guard !free.isEmpty, ContinuousClock.now >= nextLook else { return nil }
    let answer = try store.lease(oneOf: free.map(\.run.id), at: Date().timeIntervalSince1970)
    for job in waiting {
      if let status = answer.over[job.run.id] { observer(.settled(job.run, status)) }
    }
    waiting.removeAll { answer.over[$0.run.id] != nil }
    guard let place = waiting.firstIndex(where: { $0.run.id == answer.granted }) else {
      nextLook = .now + .seconds(1)
      tell(free, answer.held, observer)
      return nil
    }
    return waiting.remove(at: place)
  }

  private mutating func tell(
    _ jobs: [WorkerJob], _ holders: [String: RunHolder], _ observer: (Sweep.Event) -> Void
  ) {
    for job in jobs {
      guard let holder = holders[job.run.id], told[job.run.id] != holder.process else { continue }
      told[job.run.id] = holder.process
      observer(.waits(job.run, for: holder))
    }
  }

  /// Starts a worker.
  /// - Returns: its process.
  /// - Throws: `HarnessError.notStarted`, and then the run is given back; `StoreError`.
  mutating func begin(_ job: WorkerJob, _ command: [String], _ environment: [String: String]) throws -> Int32 {
    do {
      let worker = try Worker(job, command: command, environment: environment)
      workers.append(worker)
      return worker.process.id
    } catch {
      try store.finish(job.run.id, with: RunOutcome(status: .interrupted, reason: sentence(of: error)))
      throw error
    }
  }

  /// Asks the workers to stop, once, and kills them when their time is over or the user asks again.
  mutating func stop(grace: Duration) {
    waiting = []
    if stopped == nil { for worker in workers { worker.process.send(SIGTERM) } }
    let since = stopped ?? .now
    stopped = since
    guard Interruption.count > 1 || since.duration(to: .now) > grace else { return }
    for worker in workers { worker.process.send(SIGKILL) }
  }

  /// Takes a job back whose worker was killed, as one is where memory runs out: by itself, the run may have enough.
  /// - Returns: false for one that was taken back before.
  mutating func takeBack(_ job: WorkerJob) -> Bool {
    guard killed.insert(job.run.id).inserted else { return false }
    waiting.append(job)
    return true
  }

  /// Lets go of the workers that are over.
  mutating func letGo() { workers.removeAll { $0.isOver } }

  /// Gives a sign of life of the workers now and then, and notices at once where the store is no more.
  /// - Throws: `StoreError`.
  mutating func beat() throws {
    try store.checkPlace()
    guard !workers.isEmpty, lastBeat.duration(to: .now) >= .seconds(RunStore.heartbeat) else { return }
    try store.beat(workers.map(\.job.run.id), at: Date().timeIntervalSince1970)
    lastBeat = .now
  }
}

extension Worker {
  /// Whether it trains the first stage that a job would take up.
  fileprivate func isInTheWay(of job: WorkerJob) -> Bool { job.stage != nil && self.job.stage == job.stage }
}
