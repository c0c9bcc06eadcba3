import type { CommandContext, CriticalChange } from '../../platform/commands/command.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { exactShare, type ShareValue } from './holding-facts.ts'
import { type GraphHolding, type OwnershipGraph, readGraph } from './read-graph.ts'
import { companiesBelow, factsKeyOf } from './recompute.ts'
import { type CompanyResult, declaredRoles, resultsOf, withHolding } from './results.ts'
import { percentText } from './rules/fraction.ts'
import type { RightKind } from './tables.ts'

export interface HoldingChange {
  /** The record the holding is written for, its version, and the company it belongs to. */
  record: { id: Id; version: number; name: string }
  company: Id
  holder: Id
  holderKind: 'party' | 'person'
  right: RightKind
  /** From the effective day on; null: nothing. */
  share: ShareValue | null
}

/**
 * What a change of a holding would change besides itself, when that needs a second person: the beneficial owners or the parent of a
 * company in a running relation (DD group 12, beneficial owner). First values of a company are not a change. Null when it may run.
 */
export async function consequenceOf(
  { tx }: CommandContext,
  change: HoldingChange,
): Promise<CriticalChange | null> {
  const graph = await readGraph(tx, [change.company], { down: true })
  const above = change.holderKind === 'party' ? await readGraph(tx, [change.holder]) : null
  const before = joined(graph, above)
  const held = before.holdings.filter(one => one.company === change.company)
  const nowHeld = held.find(one => one.holder === change.holder && one.right === change.right)
  const running = companiesBelow(graph, change.company).filter(
    id => graph.companies.get(id)?.stage !== 'prospect' && graph.companies.has(id),
  )
  if (running.length === 0 || (held.length === 0 && running.every(id => id === change.company))) return null
  const persons = await namesWith(tx, before, change)
  const after = withHolding(
    { ...before, persons },
    change,
    change.share ? holdingOf(change, change.share) : null,
  )
  const declared = await declaredRoles(tx, running)
  const nameOf = (id: Id) => after.companies.get(id)?.name ?? persons.get(id)?.name ?? id
  const [then, now] = [
    resultsOf({ ...before, persons }, running, declared, nameOf),
    resultsOf(after, running, declared, nameOf),
  ]
  const changed = running.filter(id => decided(then.get(id)!) !== decided(now.get(id)!))
  if (changed.length === 0 && !graph.cutOff) return null
  const share = (one: ShareValue | null) => (one ? percentText(exactShare(one)) : 'なし')
  return {
    subject: { kind: 'party', id: change.record.id },
    related: changed.filter(id => id !== change.company).map(id => ({ kind: 'party', id })),
    summary: `持株の変更による実質的支配者・親会社の変更　${change.record.name}`,
    readSet: [{ table: 'party', id: change.record.id, version: change.record.version }],
    items: [
      {
        field: 'share',
        label: `持分（${nameOf(change.holder)}）`,
        old: share(nowHeld?.value ?? null),
        new: share(change.share),
      },
      ...changed.flatMap(id => ownerItems(nameOf(id), then.get(id)!, now.get(id)!, nameOf)),
    ],
    evidenceRequired: true,
    approve: 'parties.approveChange',
  }
}

/** Only who owns and who the parent is; whether the rest could still change it is no decision. */
export function decided(result: CompanyResult): string {
  return factsKeyOf({ ...result, owners: { ...result.owners, certain: true } })
}

export function ownerItems(
  name: string,
  before: CompanyResult,
  after: CompanyResult,
  nameOf: (id: Id) => string,
): CriticalChange['items'] {
  const owners = ({ owners }: CompanyResult) =>
    owners.owners.map(owner => nameOf(owner.id)).join('、') || 'なし'
  const parent = (result: CompanyResult) => (result.parent.parent ? nameOf(result.parent.parent) : 'なし')
  return [
    { field: 'owners', label: `実質的支配者（計算）　${name}`, old: owners(before), new: owners(after) },
    ...(parent(before) === parent(after)
      ? []
      : [{ field: 'parent', label: `親会社（計算）　${name}`, old: parent(before), new: parent(after) }]),
  ]
}

function joined(graph: OwnershipGraph, more: OwnershipGraph | null): OwnershipGraph {
  if (!more) return graph
  const holdings = new Map([...graph.holdings, ...more.holdings].map(held => [held.id, held]))
  return {
    companies: new Map([...graph.companies, ...more.companies]),
    persons: new Map([...graph.persons, ...more.persons]),
    holdings: [...holdings.values()],
    cutOff: graph.cutOff || more.cutOff,
  }
}

async function namesWith(tx: CommandContext['tx'], graph: OwnershipGraph, change: HoldingChange) {
  if (change.holderKind === 'party' || graph.persons.has(change.holder)) return graph.persons
  const person = await tx
    .selectFrom('person')
    .select(['id', 'person_no', 'seen_no', 'family_name', 'given_name'])
    .where('id', '=', change.holder)
    .executeTakeFirst()
  if (!person) return graph.persons
  const name = `${person.family_name} ${person.given_name}`
  const node = { id: person.id, personNo: person.person_no, name, seenNo: person.seen_no }
  return new Map([...graph.persons, [person.id, node]])
}

function holdingOf(change: HoldingChange, value: ShareValue): GraphHolding {
  return {
    id: `${change.company}:${change.holder}`,
    recordId: change.record.id,
    company: change.company,
    holder: change.holder,
    holderKind: change.holderKind,
    right: change.right,
    share: exactShare(value),
    value,
    validFrom: null,
    recordedAt: '',
  }
}
