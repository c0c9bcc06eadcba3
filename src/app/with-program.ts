import { readConfig } from '../platform/config.ts'
import { loadMasterKey } from '../platform/crypto/master-key.ts'
import { openDatabase } from './open-database.ts'
import { createProgram, type Program } from './program.ts'

/** Opens the database (attaching to one that runs), gives the program to a verb of the command line, and closes both. */
export async function withProgram(work: (program: Program) => Promise<void>): Promise<void> {
  const config = readConfig(process.env, 'company')
  const database = await openDatabase(config, { as: 'verb', log: line => process.stderr.write(`${line}\n`) })
  const program = createProgram({
    databaseUrl: database.appUrl,
    config,
    master: loadMasterKey(config.dataDir),
    poolSize: 4,
  })
  try {
    await work(program)
  } finally {
    await program.close()
    await database.stop()
  }
}
