import { sql } from 'kysely'
import type { Clock } from '../clock.ts'
import type { Db } from '../database/database.ts'
import { keepsPlan } from '../database/pooled-driver.ts'
import { type Id, newId } from '../ids/uuid.ts'
import { canonicalText, contentHash, type Json } from './canonical.ts'
import type { ViewEventTable } from './tables.ts'

/** One answer that showed records to somebody (data dictionary, group 12, view_event). */
export interface ViewToRecord {
  actorId: Id
  ip: string | null
  requestId: string
  kind: ViewEventTable['kind']
  /** The contract's name and the query as asked; personal values in it are keyed hashes. */
  query: Json
  /** Short numbers (`seen_no`) of every record the answer shows. */
  seen: number[]
  reason?: string
}

const GATHER_MS = 4
const BATCH_LIMIT = 500

interface Waiting {
  view: ViewToRecord
  done: () => void
  failed: (error: unknown) => void
}

/**
 * Writes view records in groups: an answer waits until its record is committed, and all answers of the same few milliseconds
 * share one insert (architecture.md, Trail). Without its record the answer does not leave.
 */
export class ViewRecorder {
  readonly #db: Db
  readonly #clock: Clock
  #waiting: Waiting[] = []
  #timer: NodeJS.Timeout | null = null

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  record(view: ViewToRecord): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ view, done, failed })
      if (this.#waiting.length >= BATCH_LIMIT) this.#flush()
      else this.#timer ??= setTimeout(() => this.#flush(), GATHER_MS)
    })
  }

  #flush(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    const batch = this.#waiting
    this.#waiting = []
    if (batch.length === 0) return
    insertViews(
      this.#db,
      this.#clock.now(),
      batch.map(waiting => waiting.view),
    ).then(
      () => {
        for (const waiting of batch) waiting.done()
      },
      error => {
        for (const waiting of batch) waiting.failed(error)
      },
    )
  }
}

async function insertViews(db: Db, now: Date, views: ViewToRecord[]): Promise<void> {
  const at = now.toISOString()
  const rows = views.map(view => {
    const id = newId()
    const seen = [...new Set(view.seen)].sort((a, b) => a - b)
    const text = canonicalText({ ...view, id, at, seen })
    return {
      id,
      text,
      hash: contentHash(text),
      seen: `{${seen.join(',')}}`,
      actorId: view.actorId,
      kind: view.kind,
    }
  })
  await sql`insert into view_event (id, at, actor_id, kind, seen, canonical_text, content_hash)
    select id, ${at}::timestamptz, actor_id, kind, seen::integer[], canonical_text, content_hash
    from unnest(${rows.map(row => row.id)}::uuid[], ${rows.map(row => row.actorId)}::uuid[],
      ${rows.map(row => row.kind)}::text[], ${rows.map(row => row.seen)}::text[],
      ${rows.map(row => row.text)}::text[], ${rows.map(row => row.hash)}::bytea[])
      as u(id, actor_id, kind, seen, canonical_text, content_hash) ${keepsPlan}`.execute(db)
}
