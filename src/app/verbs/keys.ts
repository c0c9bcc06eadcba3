import { sql } from 'kysely'
import { readConfig } from '../../platform/config.ts'
import { loadMasterKey, masterKeyFile } from '../../platform/crypto/master-key.ts'
import { rotateWrappingKey } from '../../platform/crypto/rotate.ts'
import { openDatabase as openKysely, openPool } from '../../platform/database/database.ts'
import { APP_ROLE } from '../../platform/database/roles.ts'
import { openDatabase } from '../open-database.ts'

const USAGE = `usage: daicho keys rotate
Stop the program first. Make a new backup afterwards: older ones are opened by the key they hold.`

/** `keys rotate`: a new key around the keys of all data subjects; begun anew after a crash, it goes on where it stopped. */
export async function keys(args: string[]): Promise<void> {
  if (args.length !== 1 || args[0] !== 'rotate') throw new Error(USAGE)
  const config = readConfig(process.env, 'company')
  const file = masterKeyFile(config.dataDir)
  const database = await openDatabase(config, {
    as: 'verb',
    log: line => void process.stderr.write(`${line}\n`),
  })
  const db = openKysely(openPool({ url: database.ownerUrl, max: 2, name: 'daicho keys' }))
  try {
    const count = await rotateWrappingKey({
      db,
      master: loadMasterKey(config.dataDir),
      file,
      say: line => void process.stdout.write(`${line}\n`),
      async refuseWhileInUse() {
        const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
          where datname = current_database() and starts_with(usename::text, ${APP_ROLE})`.execute(db)
        if (rows[0]!.n > 0)
          throw new Error(
            'the program is connected to the database and knows only the key in use. Remedy: stop it (all its processes), then run "keys rotate" again.',
          )
      },
    })
    process.stdout.write(
      `${count} keys wrapped anew; ${file} holds the new key. Keep a copy of it, and make a new backup now.\n`,
    )
  } finally {
    await db.destroy()
    await database.stop()
  }
}
