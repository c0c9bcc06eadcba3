import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { seedDemo } from '../../src/app/demo/seed.ts'
import { createProgram, type Program } from '../../src/app/program.ts'
import { createServer } from '../../src/app/server.ts'
import { slices } from '../../src/app/slices.ts'
import { TEST_PASSWORD } from '../../src/app/testing/database-setup.ts'
import { builtWeb } from '../../src/app/web-build.ts'
import type { Clock } from '../../src/platform/clock.ts'
import { readConfig } from '../../src/platform/config.ts'
import { MasterKey } from '../../src/platform/crypto/master-key.ts'
import {
  createTestDatabase,
  databaseUrl,
  dropTestDatabase,
} from '../../src/platform/database/embedded/testing.ts'
import { appUrl } from '../../src/platform/database/roles.ts'
import type { IsoDate } from '../../src/platform/dates/iso-date.ts'
import { todayInTokyo } from '../../src/platform/dates/today.ts'

export interface Product {
  url: string
  program: Program
  master: MasterKey
  /** The day by the program's clock. */
  today(): IsoDate
  /** Lets days pass on the program's clock. */
  pass(days: number): Promise<void>
  stop(): Promise<void>
}

const DAY_MS = 86_400_000

/** Runs on from a given moment, and days may pass at once. */
class PassingClock implements Clock {
  #aheadMs: number
  constructor(start: Date) {
    this.#aheadMs = start.getTime() - Date.now()
  }
  now(): Date {
    return new Date(Date.now() + this.#aheadMs)
  }
  pass(days: number): void {
    this.#aheadMs += days * DAY_MS
  }
}

/** How a company begins: with the demo's data, or set up anew as `daicho setup` does. */
export interface Beginning {
  mode: 'demo' | 'company'
  fill(program: Program): Promise<void>
}

const asDemo: Beginning = { mode: 'demo', fill: program => seedDemo(program, () => {}) }

/** The whole product on a fresh database with the demo company in it (or another beginning), jobs running, pages built: what `npm start` gives. */
export async function startProduct(start: Date, beginning: Beginning = asDemo): Promise<Product> {
  const web = builtWeb(tmpdir(), () => {})
  const owner = inject('ownerUrl')
  const name = `daicho_story_${randomUUID().replaceAll('-', '')}`
  const database = await createTestDatabase(owner, inject('template'), name)
  const dataDir = mkdtempSync(join(tmpdir(), 'daicho-story-'))
  const master = new MasterKey(Buffer.alloc(32, 9))
  const problems: string[] = []
  const clock = new PassingClock(start)
  const program = createProgram({
    databaseUrl: appUrl(databaseUrl(owner, name), TEST_PASSWORD, inject('login')),
    config: readConfig({ DAICHO_DATA: dataDir, DAICHO_LOG: 'silent', PORT: '0' }, beginning.mode),
    master,
    clock,
    log: (message, facts) => problems.push(`${message} ${JSON.stringify(facts)}`),
  })
  await program.pool.query('select ensure_view_partitions($1::date)', [program.clock.now()])
  await beginning.fill(program)
  const stops: (() => Promise<void>)[] = []
  for (const slice of slices) if (slice.start) stops.push(await slice.start(program))
  const server = await createServer(program, await web)
  await server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = server.server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    program,
    master,
    today: () => todayInTokyo(clock.now()),
    async pass(days) {
      clock.pass(days)
      await program.pool.query('select ensure_view_partitions($1::date)', [program.clock.now()])
    },
    async stop() {
      await server.close()
      for (const stop of stops.reverse()) await stop()
      await program.close()
      await dropTestDatabase(owner, new URL(database).pathname.slice(1))
      rmSync(dataDir, { recursive: true, force: true })
      if (problems.length) throw new Error(`the product complained while it ran: ${problems.join('; ')}`)
    },
  }
}
