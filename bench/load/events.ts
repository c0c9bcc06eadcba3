import type { MasterKey } from '../../src/platform/crypto/master-key.ts'
import type { Db } from '../../src/platform/database/database.ts'
import { recordEvents } from '../../src/platform/trail/record-event.ts'
import { sealOnce } from '../../src/platform/trail/seal.ts'

const AT_A_TIME = 2000

/** Records `count` events about the given records in turn, through the trail's own function. */
export async function loadEvents(
  db: Db,
  subjectIds: readonly string[],
  count: number,
  actorId: string,
): Promise<void> {
  const now = new Date()
  for (let from = 0; from < count; from += AT_A_TIME) {
    const events = Array.from({ length: Math.min(AT_A_TIME, count - from) }, (_, at) => ({
      verb: 'party_basics_changed',
      actorId,
      actors: { by: actorId, kind: 'person', roles: ['operations'] },
      requestId: `load-${from + at}`,
      ip: null,
      subjects: [{ kind: 'party', id: subjectIds[(from + at) % subjectIds.length]! }],
      before: { annual_sales_yen: 100_000_000 + from + at },
      after: { annual_sales_yen: 120_000_000 + from + at },
      facts: { summary: `年商を変更（${from + at}）` },
      reason: '決算書の受領による更新',
    }))
    await recordEvents(db, now, events)
  }
}

/** Seals everything that waits; returns the number of blocks made. */
export async function sealAll(db: Db, master: MasterKey): Promise<number> {
  let blocks = 0
  while (await sealOnce(db, master, new Date())) blocks++
  return blocks
}
