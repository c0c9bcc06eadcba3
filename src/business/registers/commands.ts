import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { defineCommand } from '../../platform/commands/command.ts'
import { Refusal, refuseUnless } from '../../platform/commands/refusal.ts'
import { loadRegister } from './contract.ts'
import { loadRegisterFile } from './load-register.ts'
import { UnreadableFile } from './read-published.ts'
import { changeSetting } from './settings.ts'

const LOAD_LOCK = 7_203_061

/** Reads one published file into the reference table, whole or not at all. */
export const load = defineCommand(loadRegister, {
  async run(context, { fileName, contentBase64 }) {
    const folder = await mkdtemp(join(tmpdir(), 'daicho-register-'))
    try {
      const path = join(folder, 'published')
      await writeFile(path, Buffer.from(contentBase64, 'base64'))
      await sql`select pg_advisory_xact_lock(${LOAD_LOCK})`.execute(context.tx)
      const counts = await loadRegisterFile(context, { path, name: fileName })
      refuseUnless(counts.rows > counts.problems, 'file_must_hold_entries', {
        kind: 'invalid',
        field: 'contentBase64',
      })
      return counts
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error
      throw new Refusal('invalid', [
        { code: 'file_must_be_readable', field: 'contentBase64', message: error.message },
      ])
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
})

export const commands = [load, changeSetting] as const
