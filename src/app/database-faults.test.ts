import { once } from 'node:events'
import net from 'node:net'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { systemActor } from '../business/access/index.ts'
import { register } from '../business/parties/commands/register-party.ts'
import { readConfig } from '../platform/config.ts'
import { MasterKey } from '../platform/crypto/master-key.ts'
import type { Db } from '../platform/database/database.ts'
import { keepsPlan } from '../platform/database/pooled-driver.ts'
import { readTogether } from '../platform/database/transact.ts'
import { newId } from '../platform/ids/uuid.ts'
import { createProgram, type Program } from './program.ts'
import { createServer } from './server.ts'
import { createWorld, type World } from './testing/world.ts'

let world: World
let owner: pg.Client
beforeAll(async () => {
  world = await createWorld()
  owner = new pg.Client({ connectionString: world.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await world.close()
})

const named = (legalName: string) => ({ partyKind: 'corporation' as const, legalName })
const registerIn = (program: Pick<Program, 'executor' | 'permissions'>, name: string) =>
  program.executor.execute(register, systemActor('import', program.permissions), named(name), {
    key: name,
    requestId: name,
  })

/** A program of its own over the world's database, by this address. */
const programAt = (databaseUrl: string, env: Record<string, string> = {}) =>
  createProgram({
    databaseUrl,
    config: readConfig({ DAICHO_DATA: world.config.dataDir, DAICHO_LOG: 'silent', ...env }, 'demo'),
    master: new MasterKey(Buffer.alloc(32, 7)),
    poolSize: 4,
    log: () => {},
  })

async function withProgram(
  work: (program: Program) => Promise<void>,
  { url = world.programUrl, env = {} }: { url?: string; env?: Record<string, string> } = {},
) {
  const program = programAt(url, env)
  try {
    await work(program)
  } finally {
    await program.close()
  }
}

/** How many statements the session of one transaction holds prepared. */
const prepared = (db: Db) =>
  db.transaction().execute(async tx => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_prepared_statements`.execute(
      tx,
    )
    return rows[0]?.n ?? -1
  })

const severally = async (program: Program, prefix: string, count: number) => {
  for (let at = 0; at < count; at++) await registerIn(program, `${prefix}${at}`)
}

/** Customers, keys and events of a name: all the same when each was done exactly once. */
async function doneOf(prefix: string) {
  const { rows } = await owner.query(
    `select (select count(*)::int from party where legal_name like $1) as parties,
      (select count(*)::int from command_run where key like $1 and status = 200) as keys,
      (select count(*)::int from audit_event where verb = 'party_registered' and id in (select event_id from audit_event_subject s
        join party p on p.id = s.subject_id where p.legal_name like $1)) as events`,
    [`${prefix}%`],
  )
  return rows[0]
}

describe('prepared statements', () => {
  it('are kept by the sessions of commands, and survive a change of the schema under them', () =>
    withProgram(async program => {
      await severally(program, '準備株式会社', 8)
      expect(await prepared(program.db)).toBeGreaterThan(5)
      await owner.query('alter table party add column test_added text')
      await owner.query('alter table command_run alter column command type varchar(300)')
      await severally(program, '改変株式会社', 8)
      expect(await doneOf('改変株式会社')).toEqual({ parties: 8, keys: 8, events: 8 })
      expect(await prepared(program.db)).toBeGreaterThan(5)
      await owner.query('alter table party drop column test_added')
      await owner.query('alter table command_run alter column command type text')
      await severally(program, '復元株式会社', 3)
      expect(await doneOf('復元株式会社')).toEqual({ parties: 3, keys: 3, events: 3 })
    }))

  it('are kept of reads which say so, and such a read survives what becomes of its plan', async () => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    try {
      await withProgram(async ({ db, pool }) => {
        const marked = () => sql`select * from party where id = ${newId()}::uuid ${keepsPlan}`.execute(db)
        const together = () =>
          readTogether(db, tx =>
            Promise.all([
              sql<{ n: number }>`select ${1}::int as n`.execute(tx),
              sql`select * from party where party_no = ${'C-0'}`.execute(tx),
            ]),
          )
        for (let at = 0; at < 4; at += 1) {
          await marked()
          await together()
        }
        expect(await prepared(db)).toBe(3)
        await owner.query('alter table party add column test_added text')
        await marked()
        expect((await together())[0].rows).toEqual([{ n: 1 }])
        await owner.query('alter table party drop column test_added')
        for (let at = 0; at < 4; at += 1) await marked()
        expect(said).not.toHaveBeenCalled()
        await pool.query('deallocate all')
        await marked()
        expect((await together())[0].rows).toEqual([{ n: 1 }])
        expect(said.mock.calls.filter(([text]) => String(text).includes('lost its prepared')).length).toBe(1)
      })
    } finally {
      said.mockRestore()
    }
  })

  it('are given up, with one remark to the operator, when sessions lose them', async () => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    try {
      await withProgram(async program => {
        await severally(program, '保持株式会社', 8)
        // As behind a pooler in transaction mode: the session is there, what was prepared in it is not.
        await Promise.all(
          Array.from({ length: 4 }, () => program.pool.query('deallocate all; select pg_sleep(0.1)')),
        )
        await Promise.all(Array.from({ length: 8 }, (_none, at) => registerIn(program, `喪失株式会社${at}`)))
        expect(await doneOf('喪失株式会社')).toEqual({ parties: 8, keys: 8, events: 8 })
        await severally(program, '無準備株式会社', 6)
        expect(await prepared(program.db)).toBe(0)
      })
      const words = said.mock.calls
        .map(call => String(call[0]))
        .filter(text => text.includes('lost its prepared'))
      expect(words.length).toBe(1)
      expect(words[0]).toContain('DAICHO_PREPARED_STATEMENTS=off')
    } finally {
      said.mockRestore()
    }
  })

  it('are not used when they are switched off', () =>
    withProgram(
      async program => {
        await severally(program, '切替株式会社', 8)
        expect(await prepared(program.db)).toBe(0)
        expect(await doneOf('切替株式会社')).toEqual({ parties: 8, keys: 8, events: 8 })
      },
      { env: { DAICHO_PREPARED_STATEMENTS: 'off' } },
    ))
})

describe('a connection that is lost', () => {
  it('in mid-command, again and again, leaves each command done exactly once and answered', async () => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    let cut = 0
    const cutting = setInterval(() => {
      void owner
        .query(
          "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'daicho' and state <> 'idle' and datname = current_database()",
        )
        .then(({ rowCount }) => {
          cut += rowCount ?? 0
        })
    }, 60)
    const stop = setTimeout(() => clearInterval(cutting), 900)
    try {
      await withProgram(async program => {
        const lanes = [0, 1, 2, 3].map(async lane => {
          for (let at = 0; at < 12; at++) {
            const answer = await registerIn(program, `切断株式会社${lane}-${at}`)
            expect(answer.status).toBe(200)
          }
        })
        await Promise.all(lanes)
      })
      expect(cut).toBeGreaterThan(0)
      expect(await doneOf('切断株式会社')).toEqual({ parties: 48, keys: 48, events: 48 })
    } finally {
      clearTimeout(stop)
      clearInterval(cutting)
      said.mockRestore()
    }
  })

  it('after the commit and before its answer gives the first answer, and does nothing twice', async () => {
    const { hostname, port } = new URL(world.programUrl)
    let toCut = 1
    const sockets = new Set<net.Socket>()
    const between = net.createServer(near => {
      const far = net.connect(Number(port), hostname)
      for (const socket of [near, far]) {
        sockets.add(socket)
        socket.on('error', () => {})
        socket.on('close', () => {
          near.destroy()
          far.destroy()
        })
      }
      near.pipe(far)
      far.on('data', (data: Buffer) => {
        if (toCut > 0 && data.includes('COMMIT\0')) {
          toCut--
          far.destroy()
        } else near.write(data)
      })
    })
    between.listen(0, '127.0.0.1')
    await once(between, 'listening')
    const url = new URL(world.programUrl)
    url.hostname = '127.0.0.1'
    url.port = String((between.address() as net.AddressInfo).port)
    url.searchParams.delete('host')
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    try {
      await withProgram(
        async program => {
          const answer = await registerIn(program, '返信喪失株式会社')
          expect(toCut).toBe(0)
          expect(answer).toMatchObject({ status: 200, replayed: true })
          const { rows } = await owner.query("select id from party where legal_name = '返信喪失株式会社'")
          expect(rows).toEqual([{ id: answer.status === 200 ? answer.body.id : '' }])
        },
        { url: url.href },
      )
      expect(await doneOf('返信喪失株式会社')).toEqual({ parties: 1, keys: 1, events: 1 })
    } finally {
      said.mockRestore()
      for (const socket of sockets) socket.destroy()
      between.close()
    }
  })
})

it('while the database is away, a request is told so, and that it comes back by itself', async () => {
  await withProgram(
    async program => {
      const server = await createServer(program, null)
      const answer = await server.inject({
        method: 'POST',
        url: '/api/auth/sign-in/email',
        headers: { 'x-daicho-request': '1' },
        payload: { email: 'sales@demo.example', password: 'any password' },
      })
      expect(answer.statusCode).toBe(503)
      expect(answer.json()).toMatchObject({
        type: 'urn:daicho:database-away',
        detail: expect.stringContaining('自動で再接続します'),
      })
      await server.close()
    },
    { url: 'postgres://daicho_app:x@127.0.0.1:1/daicho' },
  )
})
