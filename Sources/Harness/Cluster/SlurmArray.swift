import Experiments

/// What a site asks for and a study may use of it, as `sbatch` takes it.
package struct SlurmOptions: Sendable {
  /// `nil` for the site's own.
  package var partition: String?
  /// E.g. `4:00:00`; `nil` for the partition's.
  package var time: String?
  /// Of each task.
  package var memory: String
  /// How many tasks run at a time; `nil` for as many as there is room for.
  package var arrayLimit: Int?
  /// How many runs a task does, one after the other.
  package var batch: Int

  package init(partition: String?, time: String?, memory: String, arrayLimit: Int?, batch: Int) {
    (self.partition, self.time, self.memory) = (partition, time, memory)
    (self.arrayLimit, self.batch) = (arrayLimit, batch)
  }
}

/// A study as a Slurm job array, each task with a store of its own: SQLite over a network disk is no store for many.
///
/// A task that is cut off is put back by Slurm (`--requeue`), or puts itself back where its time is up: a minute before,
/// Slurm sends SIGTERM, which the program answers by keeping its state and ending with 130. It then goes on from there.
struct SlurmArray {
  /// Of the script, the list of tasks, the shards and what tasks say.
  let folder: String
  let tasks: [ClusterTask]
  let tier: Tier
  let options: SlurmOptions
  /// The program and what every task's run is given besides its experiments, seed and store.
  let program: String
  let arguments: [String]

  /// A line for each task, in order of its number from 0.
  var list: String { tasks.map { $0.line + "\n" }.joined() }

  /// For `sbatch`.
  var script: String {
    """
    #!/bin/bash
    \(directives.map { "#SBATCH \($0)" }.joined(separator: "\n"))
    # Written by assay submit slurm; each line of the list beside it is a task: a seed and its experiments.
    folder=\(quoted(folder))
    read -r seed experiments < <(sed -n "$((SLURM_ARRAY_TASK_ID + 1))p" "$folder/tasks")
    # Experiments are names without blanks.
    \(([program, "run"]).map(quoted).joined(separator: " ")) $experiments --seeds "$seed" --tier \(tier.rawValue) --jobs 1 \\
      --store "$folder/shards/$SLURM_ARRAY_TASK_ID/assay.sqlite" --no-progress \(arguments.map(quoted).joined(separator: " ")) &
    trap 'kill -TERM $! 2>/dev/null' TERM
    while :; do
      wait $!; code=$?
      kill -0 $! 2>/dev/null || break
    done
    if [ $code = 130 ] && [ "${SLURM_RESTART_COUNT:-0}" -lt 100 ]; then scontrol requeue "$SLURM_JOB_ID"; fi
    exit $code

    """
  }

  private var directives: [String] {
    [
      "--job-name=assay", "--array=0-\(tasks.count - 1)" + (options.arrayLimit.map { "%\($0)" } ?? ""),
      "--cpus-per-task=1", "--mem=\(options.memory)", "--requeue", "--signal=B:TERM@60", "--open-mode=append",
      "--output=\(quoted("\(folder)/tasks-said/%a.txt"))",
    ] + (options.partition.map { ["--partition=\(quoted($0))"] } ?? [])
      + (options.time.map { ["--time=\(quoted($0))"] } ?? [])
  }

  /// A word that a shell takes as it is.
  private func quoted(_ word: String) -> String { "'\(word.replacing("'", with: #"'\''"#))'" }
}
