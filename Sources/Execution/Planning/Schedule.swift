/// The groups in an order in which each comes after those it reads; among the ready ones the oldest first.
func scheduled(_ groups: [Group], survey: Survey) -> [Group] {
  var groupOf: [Int: Int] = [:]
  for (index, group) in groups.enumerated() { for member in group.members { groupOf[member] = index } }
  let sources = groups.indices.map { index in
    Set(groups[index].members.flatMap(survey.inputs).compactMap { groupOf[$0] }).subtracting([index])
  }
  var waiting = sources.map(\.count)
  var readers = Array(repeating: [Int](), count: groups.count)
  for index in groups.indices { for source in sources[index].sorted() { readers[source].append(index) } }

  var ready = groups.indices.filter { waiting[$0] == 0 }
  var order: [Group] = []
  while let next = ready.enumerated().min(by: { oldest(groups[$0.element]) < oldest(groups[$1.element]) }) {
    ready.remove(at: next.offset)
    order.append(groups[next.element])
    for reader in readers[next.element] {
      waiting[reader] -= 1
      if waiting[reader] == 0 { ready.append(reader) }
    }
  }
  precondition(order.count == groups.count, "groups wait for each other")
  return order
}

private func oldest(_ group: Group) -> Int { group.members.last ?? 0 }
