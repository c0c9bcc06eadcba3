import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import { floorDivide, type Ppm, type Yen } from '../../../platform/money/yen.ts'
import {
  type ExposureFact,
  type ExposureParts,
  exposure,
  type LimitKind,
  type LimitSubject,
  totalExposureYen,
} from './exposure.ts'

export type LimitState = 'reserved' | 'in_force' | 'suspended' | 'superseded' | 'lapsed' | 'revoked'

/**
 * One limit row. `limitPpm` for concentration, `limitYen` for every other kind; both dates are days in force
 * (null = open end).
 */
export type Limit = {
  limitId: string
  subject: LimitSubject
  term: 'permanent' | 'temporary'
  state: LimitState
  limitYen: Yen | null
  limitPpm: Ppm | null
  inForceFrom: IsoDate
  inForceTo: IsoDate | null
}

/** The deal that asks for headroom; its own commitment is left out of the exposure. */
export type DealAsking = {
  dealId?: string
  clientId: string
  clientGroupId?: string | null
  debtorId: string
  debtorGroupId?: string | null
  planId?: string | null
}

export type HeadroomRule =
  | 'limit_in_force'
  | 'limit_must_be_in_force'
  | 'suspended_limit_gives_no_headroom'
  | 'no_limit_of_this_kind'

export type HeadroomLine = {
  limitKind: LimitKind
  subject: LimitSubject
  rule: HeadroomRule
  limitYen: Yen | null
  limitPpm: Ppm | null
  limitIds: string[]
  exposure: ExposureParts
  /**
   * null = this kind does not bound the deal. Negative exposure room is shown as 0; `breachYen` tells by how
   * much it is exceeded.
   */
  headroomYen: Yen | null
  breachYen: Yen
  sentence: string
  source: string
}

/** What exceptions let other deals take beyond the limits of the deal's own subjects, by kind. */
export type Outside = Partial<Record<LimitKind, Yen>>

/**
 * What is known besides the sums: what others took by exceptions, and what the asking deal holds already. The former stands outside a limit
 * only as far as the limit is exceeded with the deal, so that it keeps room for who was within the limit and gives room to nobody.
 */
export type Besides = { outside: Outside; ownYen: Yen }

export type Headroom = { headroomYen: Yen; binding: HeadroomLine; lines: HeadroomLine[] }

/** Kinds which must have a limit in force before anything is bought (FF §3, guard of `in_review → quoted`). */
export const REQUIRED_KINDS: LimitKind[] = ['client', 'debtor']

export const LIMIT_KIND_LABELS: Record<LimitKind, string> = {
  client: '利用者枠',
  group: 'グループ枠',
  debtor: '売掛先枠',
  debtor_group: '売掛先グループ枠',
  pair: '取引組合せ枠',
  concentration: '集中度の上限',
  plan: '商品枠',
}

/**
 * How much a deal may still advance: the smallest room over all limit kinds, the binding limit named (FF §3,
 * §4.8). Ties are broken in the order client, group, debtor, debtor_group, pair, concentration, plan, so that
 * the same facts read the same.
 */
export function headroom(
  deal: DealAsking,
  limits: Limit[],
  facts: ExposureFact[],
  today: IsoDate,
  besides: Besides = { outside: {}, ownYen: 0 },
): Headroom {
  const lines = subjectsOf(deal).map(subject => headroomLine(subject, deal, limits, facts, today, besides))
  const bounded = lines.filter(line => line.headroomYen !== null)
  const binding = bounded.reduce((least, line) => (line.headroomYen! < least.headroomYen! ? line : least))
  return { headroomYen: binding.headroomYen!, binding, lines }
}

function subjectsOf(deal: DealAsking): LimitSubject[] {
  const { clientId, debtorId } = deal
  const subjects: LimitSubject[] = [{ limitKind: 'client', clientId }]
  if (deal.clientGroupId) subjects.push({ limitKind: 'group', groupId: deal.clientGroupId })
  subjects.push({ limitKind: 'debtor', debtorId })
  if (deal.debtorGroupId) subjects.push({ limitKind: 'debtor_group', groupId: deal.debtorGroupId })
  subjects.push({ limitKind: 'pair', clientId, debtorId }, { limitKind: 'concentration', debtorId })
  if (deal.planId) subjects.push({ limitKind: 'plan', planId: deal.planId })
  return subjects
}

function headroomLine(
  subject: LimitSubject,
  deal: DealAsking,
  limits: Limit[],
  facts: ExposureFact[],
  today: IsoDate,
  besides: Besides,
): HeadroomLine {
  const parts = exposure(subject, facts, deal.dealId)
  const inForce = limitInForce(subject, limits, today)
  const base = { limitKind: subject.limitKind, subject, exposure: parts, source: 'FF §4.8', ...inForce }
  const label = LIMIT_KIND_LABELS[subject.limitKind]
  if (inForce.rule === 'no_limit_of_this_kind') {
    return { ...base, headroomYen: null, breachYen: 0, sentence: `${label}は設定されていません。` }
  }
  if (inForce.rule === 'limit_must_be_in_force') {
    return { ...base, headroomYen: 0, breachYen: 0, sentence: `有効な${label}がありません。` }
  }
  if (inForce.rule === 'suspended_limit_gives_no_headroom') {
    return { ...base, headroomYen: 0, breachYen: 0, sentence: `${label}は停止中のため、空き枠は0円です。` }
  }
  const rawYen =
    subject.limitKind === 'concentration'
      ? concentrationRoom(parts.totalYen, totalExposureYen(facts, deal.dealId), inForce.limitPpm ?? 0)
      : (inForce.limitYen ?? 0) - parts.totalYen
  if (rawYen === null)
    return { ...base, headroomYen: null, breachYen: 0, sentence: `${label}による制約はありません。` }
  const outsideYen = Math.min(besides.outside[subject.limitKind] ?? 0, Math.max(0, besides.ownYen - rawYen))
  const roomYen = rawYen + outsideYen
  const headroomYen = Math.max(0, roomYen)
  const limitText =
    subject.limitKind === 'concentration'
      ? `${(inForce.limitPpm ?? 0) / 10_000}%`
      : `${yenText(inForce.limitYen ?? 0)}`
  const beside = outsideYen > 0 ? `（うち他の取引の超過承認${yenText(outsideYen)}は枠の外）` : ''
  const sentence = `${label}${limitText}、与信残高${yenText(parts.totalYen)}${beside}、空き枠${yenText(headroomYen)}です。`
  return { ...base, headroomYen, breachYen: Math.max(0, -roomYen), sentence }
}

export type LimitInForce = {
  rule: HeadroomRule
  limitYen: Yen | null
  limitPpm: Ppm | null
  limitIds: string[]
}

/**
 * The limit of a subject on a day: its permanent limit plus every temporary one between its dates; a
 * suspended permanent limit gives nothing, a suspended temporary one only its own part; `reserved` is not
 * drawable (DD group 5). Two permanent limits speak about one group when two groups have become one: then the
 * lower counts, never their sum.
 */
export function limitInForce(subject: LimitSubject, limits: Limit[], today: IsoDate): LimitInForce {
  const dated = limits.filter(limit => sameSubject(limit.subject, subject) && isDay(limit, today))
  const none = { limitYen: null, limitPpm: null, limitIds: [] }
  const suspended = dated.filter(limit => limit.state === 'suspended' && limit.term === 'permanent')
  if (suspended.length > 0) {
    return {
      ...none,
      rule: 'suspended_limit_gives_no_headroom',
      limitIds: suspended.map(limit => limit.limitId),
    }
  }
  const drawable = dated.filter(limit => limit.state === 'in_force')
  if (drawable.length === 0) {
    const required = REQUIRED_KINDS.includes(subject.limitKind)
    return { ...none, rule: required ? 'limit_must_be_in_force' : 'no_limit_of_this_kind' }
  }
  const lowest = lowestPermanent(drawable)
  const counted = drawable.filter(limit => limit.term === 'temporary' || limit === lowest)
  const sum = (value: (limit: Limit) => number | null) =>
    counted.reduce((total, limit) => total + (value(limit) ?? 0), 0)
  const isShare = subject.limitKind === 'concentration'
  return {
    rule: 'limit_in_force',
    limitYen: isShare ? null : sum(limit => limit.limitYen),
    limitPpm: isShare
      ? Math.min(
          1_000_000,
          sum(limit => limit.limitPpm),
        )
      : null,
    limitIds: counted.map(limit => limit.limitId).sort(),
  }
}

function lowestPermanent(limits: Limit[]): Limit | undefined {
  const amount = (limit: Limit) => limit.limitYen ?? limit.limitPpm ?? 0
  return limits
    .filter(limit => limit.term === 'permanent')
    .sort((a, b) => amount(a) - amount(b) || (a.limitId < b.limitId ? -1 : 1))[0]
}

function isDay(limit: Limit, today: IsoDate): boolean {
  return limit.inForceFrom <= today && (limit.inForceTo === null || today <= limit.inForceTo)
}

/**
 * The largest advance x which keeps (share + x) / (all + x) ≤ limit (FF §4.8), floored; negative when already
 * exceeded, null when the limit is the whole.
 */
export function concentrationRoom(shareYen: Yen, allYen: Yen, limitPpm: Ppm): Yen | null {
  if (limitPpm >= 1_000_000) return null
  const million = 1_000_000n
  return floorDivide(
    BigInt(limitPpm) * BigInt(allYen) - million * BigInt(shareYen),
    million - BigInt(limitPpm),
  )
}

function sameSubject(a: LimitSubject, b: LimitSubject): boolean {
  return subjectKey(a) === subjectKey(b)
}

/** One text per limit subject: the lock key of a commitment, sorted before locking (architecture.md, Money). */
export function subjectKey(subject: LimitSubject): string {
  const { limitKind, ...ids } = subject
  return [
    limitKind,
    ...Object.entries(ids)
      .sort()
      .map(([, id]) => id),
  ].join(':')
}

function yenText(yen: Yen): string {
  return `${yen.toLocaleString('ja-JP')}円`
}
