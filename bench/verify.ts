import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openDatabase as openScratch } from '../src/app/open-database.ts'
import { systemActors } from '../src/business/access/system-actors.ts'
import { readConfig } from '../src/platform/config.ts'
import { MasterKey } from '../src/platform/crypto/master-key.ts'
import { type Db, openDatabase, openPool } from '../src/platform/database/database.ts'
import { newId } from '../src/platform/ids/uuid.ts'
import type { Anchor } from '../src/platform/trail/anchors.ts'
import { verifyTrail } from '../src/platform/trail/verify.ts'
import { loadEvents } from './load/events.ts'

const DEFAULT_EVENTS = 1_000_000

/**
 * `npm run bench -- verify [EVENTS]`: how long the whole trail takes to check (seconds), and what the check says of one changed,
 * one removed and one inserted row and of a cut end, each done past the program with the owner's login.
 */
export async function bench(args: string[]): Promise<Record<string, unknown>> {
  const events = Number(args[0] ?? DEFAULT_EVENTS)
  const dataDir = mkdtempSync(join(tmpdir(), 'daicho-verify-'))
  const config = readConfig({ ...process.env, DAICHO_DATA: dataDir, DATABASE_URL: '' }, 'company')
  const database = await openScratch(config, { as: 'server', log: () => {} })
  const db = openDatabase(openPool({ url: database.appUrl, name: 'daicho bench' }))
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  const master = new MasterKey(Buffer.alloc(32, 9))
  try {
    const began = performance.now()
    const blocks = await fill(owner, db, master, events)
    const fillSeconds = (performance.now() - began) / 1000
    await owner.query('vacuum analyze audit_event, audit_leaf, audit_unsealed')
    const seconds: number[] = []
    const check = async (anchors: Anchor[] = []) => {
      const began = performance.now()
      const report = await verifyTrail(db, { master, anchors, now: new Date() })
      seconds.push((performance.now() - began) / 1000)
      return report
    }
    const whole = await check()
    if (!whole.sound || whole.events !== events)
      throw new Error(`the trail is not as made: ${JSON.stringify(whole)}`)
    const faults = await namedFaults(owner, check, { block: blocks, root: whole.lastRoot ?? '' })
    return {
      events,
      blocks,
      fillSeconds: rounded(fillSeconds),
      seconds: rounded(seconds[0]!),
      ...faults,
      tamperedSeconds: seconds.slice(1).map(rounded),
      peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
    }
  } finally {
    await owner.end()
    await db.destroy()
    await database.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function fill(owner: pg.Client, db: Db, master: MasterKey, count: number): Promise<number> {
  const subjectIds = Array.from({ length: 1000 }, () => newId())
  return loadEvents(owner, db, master, { subjectIds, count, actorId: systemActors.setup.id })
}

type Check = (anchors?: Anchor[]) => Promise<Awaited<ReturnType<typeof verifyTrail>>>

/** Breaks the trail in the four ways, one after the other, each mended before the next; says which were named rightly. */
async function namedFaults(owner: pg.Client, check: Check, last: { block: number; root: string }) {
  const { rows } = await owner.query<{ event_id: string }>(
    'select event_id from audit_leaf where block = $1 order by position limit 1',
    [last.block],
  )
  const victim = rows[0]!.event_id
  await owner.query('set session_replication_role = replica')
  const changeOne = `update audit_event set canonical_text = replace(canonical_text, '決算書', $2) where id = $1`
  await owner.query(changeOne, [victim, '決算署'])
  const changed = await check()
  await owner.query(
    `update audit_event set canonical_text = replace(canonical_text, '決算署', '決算書') where id = $1`,
    [victim],
  )

  await owner.query('create table kept as select * from audit_event where id = $1', [victim])
  await owner.query('delete from audit_event where id = $1', [victim])
  const removed = await check()
  await owner.query('insert into audit_event select * from kept')

  const stranger = newId()
  await owner.query(
    'insert into audit_event select $1, at, actor_id, verb, canonical_text, content_hash from kept',
    [stranger],
  )
  const inserted = await check()
  await owner.query('delete from audit_event where id = $1', [stranger])

  await owner.query(
    'delete from audit_event where id in (select event_id from audit_leaf where block = $1)',
    [last.block],
  )
  await owner.query('delete from audit_leaf where block = $1', [last.block])
  await owner.query('delete from audit_block where block = $1', [last.block])
  const cut = await check([{ ...last, leafCount: 1, sealedAt: new Date().toISOString() }])
  return {
    changedNamed: changed.firstFault?.kind === 'changed' && changed.firstFault.eventId === victim,
    removedNamed: removed.firstFault?.kind === 'removed' && removed.firstFault.eventId === victim,
    insertedNamed: inserted.firstFault?.kind === 'inserted' && inserted.firstFault.eventId === stranger,
    cutNamed: cut.firstFault?.kind === 'cut' && cut.firstFault.block === last.block,
  }
}

function rounded(seconds: number): number {
  return Math.round(seconds * 10) / 10
}
