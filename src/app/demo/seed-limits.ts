import { grantLimitCommand, suspendLimitCommand } from '../../business/credit/index.ts'
import { addDays } from '../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { DemoLimit } from './data/demo-types.ts'
import type { Seeding } from './seed.ts'
import { inParallel } from './seed-parties.ts'

const AT_ONCE = 10

/** Kept for the day of the limit that follows: it bounds no purchase of the past. */
const NEVER_BOUNDED_THE_PAST = ['concentration']

/** Ids of granted limits by the demo's keys. */
export type GrantedLimits = ReadonlyMap<string, Id>

/**
 * Limits as they stood while the demo's claims were bought; asked for by the reviewer, granted by the approver. What came later
 * (lowered, suspended) is `changeLimitsSince`.
 */
export async function seedLimits(seeding: Seeding): Promise<GrantedLimits> {
  const granted = new Map<string, Id>()
  const first = seeding.demo.limits.filter(
    limit => !isLowered(limit) && !NEVER_BOUNDED_THE_PAST.includes(limit.limitKind),
  )
  await inParallel(first, AT_ONCE, async limit => {
    granted.set(limit.key, await grant(seeding, limit))
  })
  return granted
}

/** What was decided after the purchases: a limit lowered below what is out, one suspended, a share that must not grow. */
export async function changeLimitsSince(seeding: Seeding, granted: GrantedLimits): Promise<void> {
  for (const limit of seeding.demo.limits) {
    if (isLowered(limit) || NEVER_BOUNDED_THE_PAST.includes(limit.limitKind)) await grant(seeding, limit)
    if (limit.state === 'suspended')
      await seeding
        .on(limit.suspendedOn ?? seeding.demo.today)
        .run(
          'compliance',
          suspendLimitCommand,
          { limitId: granted.get(limit.key), reason: limit.suspendedReason },
          `suspend-${limit.key}`,
        )
  }
}

/** The limit of client-02 as lowered; the one before it is `limit-client-02-old`. */
function isLowered(limit: DemoLimit): boolean {
  return limit.key === 'limit-client-02'
}

async function grant(seeding: Seeding, limit: DemoLimit): Promise<Id> {
  const [subject, second] = limit.subjects.map(key => seeding.parties.get(key))
  const since = isLowered(limit) ? limit.inForceFrom : firstDay(seeding, limit)
  const answer: { id: Id } = await seeding.on(since).runByTwo(
    limit.requestedBy,
    limit.approvedBy,
    grantLimitCommand,
    {
      limitKind: limit.limitKind,
      subjectId: subject,
      secondSubjectId: limit.limitKind === 'pair' ? second : null,
      term: limit.term,
      limitYen: limit.limitYen,
      limitPpm: limit.limitPpm,
      inForceFrom: since,
      inForceTo: limit.state === 'superseded' ? null : limit.inForceTo,
      reviewDueOn: reviewDay(seeding, limit),
      assessedOn: addDays(since, -3),
      grounds: limit.grounds,
      change: { reasonCode: 'review', reasonText: limit.grounds },
    },
    limit.key,
  )
  return answer.id
}

/** In force since its day in the demo, or since the day before the first claim it bounds, whichever is earlier. */
function firstDay({ demo }: Seeding, limit: DemoLimit): IsoDate {
  const offers = demo.receivables
    .filter(claim => limit.subjects.includes(claim.client) || limit.subjects.includes(claim.debtor))
    .map(claim => addDays(claim.steps[0]!.on, -1))
  return [limit.inForceFrom, ...offers].toSorted()[0]!
}

/** A review every year; of one that has run out, the next thing is the review. */
function reviewDay({ demo }: Seeding, limit: DemoLimit): IsoDate {
  const due = limit.inForceTo ?? addDays(limit.inForceFrom, 365)
  return due > demo.today ? due : addDays(demo.today, 30)
}
