import { systemActor } from '../../business/access/index.ts'
import { register } from '../../business/parties/commands/register-party.ts'
import { permissions } from '../../business/parties/permissions.ts'
import { systemClock } from '../../platform/clock.ts'
import { Executor } from '../../platform/commands/executor.ts'
import { readConfig } from '../../platform/config.ts'
import { loadMasterKey } from '../../platform/crypto/master-key.ts'
import { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import { openDatabase as openKysely, openPool } from '../../platform/database/database.ts'
import { RecordDirectory } from '../../platform/records.ts'
import { openDatabase } from '../open-database.ts'

/**
 * A process for the durability test: writes one customer after the other and prints each key once its command has been answered.
 * It is killed in mid-write, and so is its database. Of the program it loads what a registration needs, since it is started a hundred times.
 */
const config = readConfig(process.env, 'demo')
const database = await openDatabase(config, { as: 'server', log: () => {} })
const pool = openPool({ url: database.appUrl, name: 'daicho test writer' })
const notAsked = async (): Promise<never> => {
  throw new Error('the registration of a customer asks nobody')
}
const executor = new Executor({
  db: openKysely(pool),
  keys: new SubjectKeys(loadMasterKey(config.dataDir)),
  clock: systemClock,
  changeRequests: { open: notAsked },
  records: new RecordDirectory([]),
  reading: { lists: [], words: () => null, ask: notAsked },
  commands: new Map([[register.contract.name, register]]),
  loadActor: notAsked,
  checkEvidence: notAsked,
  report: error => process.stdout.write(`failed together ${error}\n`),
})
const durable = await pool.query<{ fsync: string; commit: string }>(
  `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`,
)
process.stdout.write(`ready ${durable.rows[0]?.fsync} ${durable.rows[0]?.commit}\n`)

const actor = systemActor('import', permissions)
const run = process.env.DAICHO_WRITER_RUN ?? '0'
async function writeOn(lane: number): Promise<void> {
  for (let at = 0; ; at++) {
    const key = `${run}-${lane}-${at}`
    try {
      const input = { partyKind: 'corporation', legalName: `耐久株式会社${key}` }
      const answer = await executor.execute(register, actor, input, { key, requestId: key })
      if (answer.status === 200) process.stdout.write(`answered ${key} ${answer.body.id}\n`)
    } catch (error) {
      // The database was killed: nothing is known about this key, and it is not answered.
      process.stdout.write(`failed ${key} ${error instanceof Error ? error.message.split('\n')[0] : error}\n`)
      await new Promise(resume => setTimeout(resume, 20))
    }
  }
}
await Promise.all([0, 1, 2, 3].map(writeOn))
