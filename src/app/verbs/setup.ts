import { userInfo } from 'node:os'
import { createInterface } from 'node:readline/promises'
import {
  type CliParts,
  refuseUnknownUsersVerb,
  setupFileOf,
  setup as setupVerb,
  users as usersVerb,
} from '../../business/access/cli.ts'
import { readConfig } from '../../platform/config.ts'
import { loadMasterKey } from '../../platform/crypto/master-key.ts'
import { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import { openDatabase as openKysely, openPool } from '../../platform/database/database.ts'
import { openDatabase } from '../open-database.ts'

/** `setup`: a real company instead of the demo, in an empty data folder or database. */
export async function setup(args: string[]): Promise<void> {
  setupFileOf(args)
  await withParts(parts => setupVerb(parts, args))
}

/** `users …`: people, lost passwords, the lost administrator. */
export async function users(args: string[]): Promise<void> {
  refuseUnknownUsersVerb(args)
  await withParts(parts => usersVerb(parts, args))
}

async function withParts(work: (parts: CliParts) => Promise<void>): Promise<void> {
  const config = readConfig(process.env, 'company')
  const database = await openDatabase(config, { as: 'verb', log: line => process.stderr.write(`${line}\n`) })
  const db = openKysely(openPool({ url: database.appUrl, max: 2, name: 'daicho verb' }))
  const terminal = process.stdin.isTTY
    ? createInterface({ input: process.stdin, output: process.stdout })
    : null
  try {
    await work({
      db,
      keys: new SubjectKeys(loadMasterKey(config.dataDir)),
      now: new Date(),
      operator: userInfo().username,
      say: line => process.stdout.write(`${line}\n`),
      ask: terminal && (question => terminal.question(question)),
    })
  } finally {
    terminal?.close()
    await db.destroy()
    await database.stop()
  }
}
