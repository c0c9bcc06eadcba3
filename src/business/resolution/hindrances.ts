import type { Reason } from '../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { compareOne } from '../matching/index.ts'
import { changedSince, judgedFacts } from './judged-facts.ts'
import { guardLabels } from './labels.ts'
import { type PartyFacts, partyFacts } from './party-facts.ts'
import type { Verdict } from './tables.ts'
import './tables.ts'

/** Contradictions which a person may overrule by judging the pair the same, with a reason. */
const OVERRULED_BY_JUDGEMENT = new Set([
  'names_are_siblings',
  'names_differ',
  'legal_forms_differ',
  'branches_differ',
])

/**
 * What stands against treating these records as one company, over all records the identity would hold (matching.md §6.7–8): two
 * valid corporate numbers, a judgement that they differ, a sibling name, another legal form or branch nobody has judged.
 */
export async function hindrancesToMerge(db: Db | Tx, chosen: readonly PartyFacts[]): Promise<Reason[]> {
  if (chosen.length < 2) return [{ code: 'parties_must_be_two', field: 'partyIds' }]
  const reasons: Reason[] = []
  const identities = new Set(chosen.map(fact => fact.identityId))
  if (identities.size === 1) reasons.push({ code: 'parties_must_not_be_one_already' })
  const all = await wholeIdentities(db, [...identities])
  const numbers = new Set(all.flatMap(fact => fact.corporateNumber ?? []))
  if (numbers.size > 1)
    reasons.push({
      code: 'corporate_numbers_must_not_differ',
      message: `法人番号が異なる会社は統合できません（${[...numbers].join('、')}）。`,
    })
  const verdicts = await verdictsAmong(db, all)
  if ([...verdicts.values()].some(one => one.verdict === 'different'))
    reasons.push({ code: 'parties_must_not_be_judged_different' })
  for (const [a, b] of pairsOf(chosen)) {
    const guard = compareOne(a.row, [b.row])[0]!.guard
    if (!guard || !OVERRULED_BY_JUDGEMENT.has(guard) || isJudgedSame(verdicts, a, b)) continue
    reasons.push({
      code: 'contradiction_must_be_judged_first',
      message: `${a.legalName} と ${b.legalName}：${guardLabels[guard]}。先に「同一」と判断し、理由を記録してください。`,
    })
  }
  return reasons
}

export function pairsOf<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((first, at) => items.slice(at + 1).map((second): [T, T] => [first, second]))
}

export function pairKey(a: Id, b: Id): string {
  return [a, b].sort().join(' ')
}

async function wholeIdentities(db: Db | Tx, identities: readonly Id[]): Promise<PartyFacts[]> {
  const rows = await db
    .selectFrom('party_identity')
    .select('party_id')
    .where('identity_id', 'in', [...identities])
    .execute()
  const facts = await partyFacts(
    db,
    rows.map(row => row.party_id),
  )
  return [...facts.values()]
}

export interface VerdictInForce {
  verdict: Verdict
  /** Labels of the items that changed since: such a judgement is to be made anew. */
  changed: string[]
}

/** Verdicts in force between any two of the parties, by pair. */
export async function verdictsAmong(
  db: Db | Tx,
  parties: readonly PartyFacts[],
): Promise<Map<string, VerdictInForce>> {
  const facts = new Map(parties.map(party => [party.id, party]))
  if (facts.size === 0) return new Map()
  const rows = await db
    .selectFrom('party_judgement')
    .select(['party_id', 'other_party_id', 'verdict', 'facts'])
    .where('withdrawn_at', 'is', null)
    .where('party_id', 'in', [...facts.keys()])
    .where('other_party_id', 'in', [...facts.keys()])
    .execute()
  return new Map(
    rows.map(row => [
      pairKey(row.party_id, row.other_party_id),
      {
        verdict: row.verdict,
        changed: changedSince(
          row.facts,
          judgedFacts(facts.get(row.party_id)!, facts.get(row.other_party_id)!),
        ),
      },
    ]),
  )
}

/** A person judged the two the same, on the facts as they stand. */
function isJudgedSame(verdicts: ReadonlyMap<string, VerdictInForce>, a: PartyFacts, b: PartyFacts): boolean {
  const known = verdicts.get(pairKey(a.id, b.id))
  return known?.verdict === 'same' && known.changed.length === 0
}
