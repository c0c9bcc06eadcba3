import { systemActor } from '../../business/access/index.ts'
import { register } from '../../business/parties/commands/register-party.ts'
import { readConfig } from '../../platform/config.ts'
import { loadMasterKey } from '../../platform/crypto/master-key.ts'
import { openDatabase } from '../open-database.ts'
import { createProgram } from '../program.ts'

/**
 * A process for the durability test: writes one customer after the other and prints each key once its command has been answered.
 * It is killed in mid-write, and so is its database.
 */
const config = readConfig(process.env, 'demo')
const database = await openDatabase(config, { as: 'server', log: () => {} })
const program = createProgram({
  databaseUrl: database.appUrl,
  config,
  master: loadMasterKey(config.dataDir),
  log: () => {},
})
const durable = await program.pool.query<{ fsync: string; commit: string }>(
  `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`,
)
process.stdout.write(`ready ${durable.rows[0]?.fsync} ${durable.rows[0]?.commit}\n`)

const actor = systemActor('import', program.permissions)
const run = process.env.DAICHO_WRITER_RUN ?? '0'
async function writeOn(lane: number): Promise<void> {
  for (let at = 0; ; at++) {
    const key = `${run}-${lane}-${at}`
    try {
      const input = { partyKind: 'corporation', legalName: `耐久株式会社${key}` }
      const answer = await program.executor.execute(register, actor, input, { key, requestId: key })
      if (answer.status === 200) process.stdout.write(`answered ${key} ${answer.body.id}\n`)
    } catch (error) {
      // The database was killed: nothing is known about this key, and it is not answered.
      process.stdout.write(`failed ${key} ${error instanceof Error ? error.message.split('\n')[0] : error}\n`)
      await new Promise(resume => setTimeout(resume, 20))
    }
  }
}
await Promise.all([0, 1, 2, 3].map(writeOn))
