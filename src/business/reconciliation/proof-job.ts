import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/database.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import { inTurn } from '../../platform/every.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Services } from '../../platform/slice.ts'
import { staffNames, systemActor } from '../access/index.ts'
import { prove } from './proof.ts'
import type { BookProof } from './proof-contract.ts'
import type { BookDifference } from './tables.ts'

const LOOK_MS = 600_000
/** The hour of the night, in Tokyo, from which the books are proved once a day; a program that was off then proves when it is back. */
const FROM_HOUR = 2

export async function proofs({ db }: QueryContext): Promise<Seen<{ proofs: BookProof[] }>> {
  const rows = await db.selectFrom('book_proof').selectAll().orderBy('id', 'desc').limit(30).execute()
  const names = await staffNames(
    db,
    rows.map(row => row.proved_by),
  )
  return {
    body: {
      proofs: rows.map(row => ({
        id: row.id,
        provedAt: row.proved_at,
        provedBy: names.get(row.proved_by) ?? '（不明）',
        claimsChecked: row.claims_checked,
        differenceCount: row.difference_count,
        differences: row.differences,
      })),
    },
    seen: rows.map(row => row.seen_no),
  }
}

/** What the newest proof found to differ; null when the books were equal or were never proved. */
export async function openDifferences(
  db: Db | Tx,
): Promise<{ id: string; provedAt: string; count: number; first: BookDifference } | null> {
  const row = await db.selectFrom('book_proof').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirst()
  const first = row?.differences[0]
  return row && first ? { id: row.id, provedAt: row.proved_at, count: row.difference_count, first } : null
}

/** Proves the books once a night; with several processes on one database only one of them does. */
export async function startProof(services: Services): Promise<() => Promise<void>> {
  let running: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    running = running
      .then(async () => void (await inTurn(() => proveOnceANight(services))))
      .catch(error => services.log('proving the books failed', { error }))
  }, LOOK_MS)
  return async () => {
    clearInterval(timer)
    await running
  }
}

/** Proves when the night's hour has come and no proof stands since; answers whether it did. */
export async function proveOnceANight({ db, executor, clock, permissions }: Services): Promise<boolean> {
  const now = clock.now()
  const today = todayInTokyo(now)
  const from = new Date(`${today}T${String(FROM_HOUR).padStart(2, '0')}:00:00+09:00`)
  if (now < from) return false
  const { rows } = await sql<{ there: boolean }>`
    select exists (select from book_proof where proved_at >= ${from.toISOString()}) as there`.execute(db)
  if (rows[0]?.there) return false
  // The day is the key: a second process answers with the first one's proof.
  const key = `book-proof-${today}`
  await executor.execute(
    prove,
    systemActor('schedule', permissions),
    {},
    { key, requestId: `${key}-${randomUUID()}` },
  )
  return true
}
