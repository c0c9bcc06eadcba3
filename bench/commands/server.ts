import pg from 'pg'
import { openDatabase } from '../../src/app/open-database.ts'
import { createProgram } from '../../src/app/program.ts'
import { createServer } from '../../src/app/server.ts'
import { slices } from '../../src/app/slices.ts'
import { setupCompany } from '../../src/business/access/index.ts'
import { readConfig } from '../../src/platform/config.ts'
import { loadMasterKey } from '../../src/platform/crypto/master-key.ts'
import { seedDeals } from './seed.ts'

/** The server under load: the whole program over a durable database of its own, with CLAIMS approved claims waiting to be bought. */
const config = readConfig({ ...process.env, DAICHO_LOG: 'silent' }, 'demo')
const database = await openDatabase(config, { as: 'server', log: () => {} })
const program = createProgram({
  databaseUrl: database.appUrl,
  config,
  master: loadMasterKey(config.dataDir),
  log: () => {},
})
await program.pool.query('select ensure_view_partitions($1::date)', [program.clock.now()])
const password = 'load of purchases 1'
const { staffIds } = await setupCompany(program.db, program.clock.now(), {
  mode: 'demo',
  company: { legalName: '株式会社みなとファイナンス' },
  staff: [
    {
      displayName: '管理 一',
      email: 'administrator-1@example.co.jp',
      roles: [{ role: 'administrator' }],
      password,
    },
    {
      displayName: '管理 二',
      email: 'administrator-2@example.co.jp',
      roles: [{ role: 'administrator' }],
      password,
    },
    { displayName: '事務', email: 'operations@example.co.jp', roles: [{ role: 'operations' }], password },
    { displayName: '営業', email: 'sales@example.co.jp', roles: [{ role: 'sales' }], password },
  ],
})
const receivableIds = await seedDeals(program, staffIds[2] ?? '', Number(process.env.CLAIMS))
const stops: (() => Promise<void>)[] = []
for (const slice of slices) if (slice.start) stops.push(await slice.start(program))
const server = await createServer(program, null)
const url = await server.listen({ host: '127.0.0.1', port: 0 })
process.send?.({ url, appUrl: database.appUrl, password, receivableIds })

/** A database in use knows its tables, by autovacuum; one filled a moment ago would learn them in the middle of the measurement. */
process.on('message', () => {
  void (async () => {
    const owner = new pg.Client({ connectionString: database.ownerUrl })
    await owner.connect()
    await owner.query('vacuum analyze')
    await owner.end()
    process.send?.('analyzed')
  })()
})

process.on('SIGTERM', () => {
  void (async () => {
    await server.close()
    for (const stop of stops.reverse()) await stop()
    await program.close()
    await database.stop()
    process.exit(0)
  })()
})
