import { basename } from 'node:path'
import { systemActor } from '../../business/access/index.ts'
import { loadRegisterFile } from '../../business/registers/index.ts'
import { withProgram } from '../with-program.ts'

/** `registers load FILE …`: published files of corporate numbers (全件, 差分; CSV or ZIP), each whole or not at all. */
export async function registers(args: string[]): Promise<void> {
  const [what, ...files] = args
  if (what !== 'load' || files.length === 0)
    throw new Error('usage: daicho registers load FILE.(csv|zip) [FILE ...]')
  await withProgram(async program => {
    for (const path of files) {
      const name = basename(path)
      const counts = await program.db.transaction().execute(async tx => {
        const context = program.executor.context(
          tx,
          systemActor('commandLine', program.permissions),
          'command-line',
        )
        const loaded = await loadRegisterFile(context, { path, name }, rows => {
          if (process.stderr.isTTY) process.stderr.write(`\r${name}: ${rows.toLocaleString('en')} rows`)
        })
        if (loaded.rows === loaded.problems)
          throw new Error(
            `${name} holds no readable row of a published file; give it as downloaded from the corporate-number site`,
          )
        return loaded
      })
      if (process.stderr.isTTY) process.stderr.write('\n')
      process.stdout.write(`${JSON.stringify({ file: name, ...counts })}\n`)
    }
  })
}
