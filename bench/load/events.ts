import type pg from 'pg'
import type { MasterKey } from '../../src/platform/crypto/master-key.ts'
import type { Db } from '../../src/platform/database/database.ts'
import { type EventToRecord, eventText } from '../../src/platform/trail/record-event.ts'
import { sealOnce } from '../../src/platform/trail/seal.ts'
import { type Cell, copyRows } from './copy-rows.ts'

export interface EventsToLoad {
  subjectIds: readonly string[]
  count: number
  actorId: string
  log?(line: string): void
}

/** As many as the sealer takes into one block. */
const AT_A_TIME = 20_000

/**
 * Records `count` events about the given records in turn by COPY, with the trail's own texts, hashes and triggers, and seals them
 * with the trail's own sealer as they come. Returns the number of blocks made.
 */
export async function loadEvents(
  client: pg.Client,
  db: Db,
  master: MasterKey,
  { subjectIds, count, actorId, log }: EventsToLoad,
): Promise<number> {
  let blocks = 0
  for (let from = 0; from < count; from += AT_A_TIME) {
    const at = new Date().toISOString()
    const events: Cell[][] = []
    const subjects: Cell[][] = []
    for (let index = from; index < Math.min(count, from + AT_A_TIME); index++) {
      const subjectId = subjectIds[index % subjectIds.length]!
      const { id, text, hash } = eventText(eventAbout(subjectId, index, actorId), at)
      events.push([id, at, actorId, 'party_basics_changed', text, `\\x${hash.toString('hex')}`])
      subjects.push([subjectId, id])
    }
    await copyRows(
      client,
      'audit_event',
      ['id', 'at', 'actor_id', 'verb', 'canonical_text', 'content_hash'],
      events,
    )
    await copyRows(client, 'audit_event_subject', ['subject_id', 'event_id'], subjects)
    while (await sealOnce(db, master, new Date())) blocks++
    log?.(`${from + events.length} events`)
  }
  return blocks
}

function eventAbout(subjectId: string, index: number, actorId: string): EventToRecord {
  return {
    verb: 'party_basics_changed',
    actorId,
    actors: { by: actorId, kind: 'person', roles: ['operations'] },
    requestId: `load-${index}`,
    ip: null,
    subjects: [{ kind: 'party', id: subjectId }],
    before: { annual_sales_yen: 100_000_000 + index },
    after: { annual_sales_yen: 120_000_000 + index },
    facts: { summary: `年商を変更（${index}）` },
    reason: '決算書の受領による更新',
  }
}
