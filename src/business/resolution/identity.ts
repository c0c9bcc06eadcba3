import type { Id } from '../../platform/ids/uuid.ts'

export interface MergeInForce {
  id: Id
  members: readonly Id[]
  /** Field → the member whose value is shown. */
  choices?: Readonly<Record<string, Id>>
}

export interface Identity {
  identityId: Id
  mergeId: Id | null
}

/**
 * Which parties are one company, from the merges in force alone: parties joined by a chain of merges share an identity, named by
 * its oldest party; `mergeId` is the oldest merge that names the party. Since nothing else is looked at, taking any merge out, in
 * any order, gives exactly what would stand there if it had never been (architecture.md, Identity and merge).
 */
export function identitiesOf(parties: readonly Id[], merges: readonly MergeInForce[]): Map<Id, Identity> {
  const parent = new Map<Id, Id>()
  const rootOf = (id: Id): Id => {
    let root = id
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up
    return root
  }
  const join = (a: Id, b: Id) => {
    const [first, second] = [rootOf(a), rootOf(b)]
    if (first < second) parent.set(second, first)
    else if (second < first) parent.set(first, second)
  }
  const mergeOf = new Map<Id, Id>()
  for (const merge of merges) {
    for (const member of merge.members) {
      join(merge.members[0]!, member)
      const known = mergeOf.get(member)
      if (known === undefined || merge.id < known) mergeOf.set(member, merge.id)
    }
  }
  return new Map(parties.map(id => [id, { identityId: rootOf(id), mergeId: mergeOf.get(id) ?? null }]))
}

export interface Overlay {
  identityId: Id
  field: string
  partyId: Id
  mergeId: Id
}

/** Whose value of a field each identity shows: the newest merge in force that chose one. Ids are in the order of time. */
export function overlaysOf(
  identities: ReadonlyMap<Id, Identity>,
  merges: readonly MergeInForce[],
): Overlay[] {
  const chosen = new Map<string, Overlay>()
  for (const { id, choices } of [...merges].sort((a, b) => (a.id < b.id ? -1 : 1)))
    for (const [field, partyId] of Object.entries(choices ?? {})) {
      const identity = identities.get(partyId)
      if (!identity) continue
      const { identityId } = identity
      chosen.set(`${identityId} ${field}`, { identityId, field, partyId, mergeId: id })
    }
  return [...chosen.values()]
}
