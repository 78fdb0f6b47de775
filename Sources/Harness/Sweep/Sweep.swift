package import Experiments
import Foundation
import Glibc
package import Store

/// Runs, each in a worker process of its own, so that a crash costs one run and no number depends on how many there are.
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
    /// Comes several times a second.
    case tick
  }

  /// Works through the jobs in their order; after an interruption, runs under way are marked and nothing new begins.
  /// - Throws: `HarnessError.notStarted`, `StoreError`.
  package func run(store: RunStore, observer: (Event) -> Void) throws {
    var waiting = jobs
    var workers: [Worker] = []
    let environment = WorkerEnvironment.pinned(
      ProcessInfo.processInfo.environment, processorFlags: Machine.processorFlags)
    defer { for worker in workers { worker.process.send(SIGKILL) } }
    while true {
      if Interruption.count > 0 {
        waiting = []
        for worker in workers { worker.process.send(Interruption.count > 1 ? SIGKILL : SIGTERM) }
      }
      while workers.count < width, let next = waiting.firstIndex(where: { $0.isFree(of: workers) }) {
        let job = waiting.remove(at: next)
        let worker = try Worker(job, command: command, environment: environment)
        workers.append(worker)
        observer(.started(job.run, process: worker.process.id))
      }
      if workers.isEmpty { return }
      hear(workers, observer)
      for worker in workers where worker.isOver { try finish(worker, in: store, observer) }
      workers.removeAll { $0.isOver }
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
  private func finish(_ worker: Worker, in store: RunStore, _ observer: (Event) -> Void) throws {
    let (run, ending) = (worker.job.run, worker.process.wait())
    if let (status, reason) = worker.ended {
      observer(.ended(run, status, reason: reason))
    } else if Interruption.count > 0 {
      let reason = "Interrupted by the user."
      try store.finish(run.id, with: RunOutcome(status: .interrupted, reason: reason))
      observer(.ended(run, .interrupted, reason: reason))
    } else {
      let reason = worker.reason(of: ending)
      try store.finish(run.id, with: RunOutcome(status: .failed, reason: reason))
      observer(.ended(run, .failed, reason: reason))
    }
  }
}

extension WorkerJob {
  /// Whether no worker trains the first stage that this job would take up.
  fileprivate func isFree(of workers: [Worker]) -> Bool {
    stage.map { stage in !workers.contains { $0.job.stage == stage } } ?? true
  }
}
