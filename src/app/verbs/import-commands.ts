import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemActor } from '../../business/access/index.ts'
import { importUntilIdle } from '../../business/imports/index.ts'
import type { Command } from '../../platform/commands/command.ts'
import type { CommandContract } from '../../platform/http/contract.ts'
import type { Program } from '../program.ts'
import { readable } from './readable.ts'

const LOOK_EVERY_MS = 200

export const change = (reasonText: string) => ({ reasonCode: 'system', reasonText, evidence: [] })

export function batchOf(program: Program, id: string) {
  return program.db.selectFrom('import_batch').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/** Works until the batch has come to a rest. A server on the same database may have it in hand; then this waits for it. */
export async function settled(program: Program, batchId: string) {
  for (;;) {
    await importUntilIdle(program)
    const batch = await batchOf(program, batchId)
    if (!['rehearsing', 'approved', 'reverting'].includes(batch.state)) return batch
    await sleep(LOOK_EVERY_MS)
  }
}

/** Runs a command as the command line. */
export function run<C extends CommandContract>(
  program: Program,
  command: Command<C>,
  input: object,
): Promise<Record<string, unknown>> {
  const actor = systemActor('commandLine', program.permissions)
  return readable(async () => {
    const answer = await program.executor.execute(command, actor, input as never, {
      key: randomUUID(),
      requestId: 'command-line',
    })
    return answer.body as never
  }, command.contract.refusals)
}
