import { importUntilIdle } from '../../business/imports/index.ts'
import { HandClock } from '../../platform/clock.ts'
import { readConfig } from '../../platform/config.ts'
import { MasterKey } from '../../platform/crypto/master-key.ts'
import { createProgram } from '../program.ts'

/** A process for the test of imports which is killed in the middle of a run: works off what waits in a test database, as a server would. */
const program = createProgram({
  databaseUrl: process.env.DAICHO_TEST_DATABASE!,
  config: readConfig({ DAICHO_DATA: process.env.DAICHO_DATA, DAICHO_LOG: 'silent' }, 'demo'),
  master: new MasterKey(Buffer.alloc(32, 7)),
  clock: new HandClock(new Date(process.env.DAICHO_TEST_NOW!)),
  poolSize: 3,
})
await importUntilIdle(program)
await program.close()
