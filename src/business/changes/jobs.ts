import { Refusal } from '../../platform/commands/refusal.ts'
import { violatedConstraint } from '../../platform/database/sql-errors.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import { commonRefusals } from '../../platform/http/contract.ts'
import type { Services } from '../../platform/slice.ts'
import { systemActor } from '../access/index.ts'
import { carryOut, failed } from './commands.ts'
import './tables.ts'

const AT_ONCE = 100

/**
 * Carries out every planned change whose day has come, in the order of their days: also those whose day passed while the program was
 * down. One that is refused is noted as failed and does not hold up the others. Returns how many days' work was done.
 */
export async function carryOutDueChanges(services: Services): Promise<number> {
  let done = 0
  for (;;) {
    const due = await services.db
      .selectFrom('planned_change')
      .select(['id', 'command'])
      .where('state', '=', 'planned')
      .where('effective_on', '<=', todayInTokyo(services.clock.now()))
      .orderBy('effective_on')
      .orderBy('id')
      .limit(AT_ONCE)
      .execute()
    if (due.length === 0) return done
    for (const plan of due) await carryOutOne(services, plan)
    done += due.length
  }
}

async function carryOutOne(services: Services, plan: { id: string; command: string }): Promise<void> {
  const actor = systemActor('schedule', services.permissions)
  const options = { key: `take-effect-${plan.id}`, requestId: `planned-${plan.id}` }
  try {
    await services.executor.execute(carryOut, actor, { plannedId: plan.id }, options)
  } catch (error) {
    const sentences = sentencesOf(services, plan.command, error)
    if (!sentences) throw error
    const codes = error instanceof Refusal ? error.reasons.map(reason => reason.code) : []
    // Another process of the program was faster.
    if (codes.includes('change_must_still_be_planned')) return
    await services.executor.execute(
      failed,
      actor,
      { plannedId: plan.id, sentences },
      { ...options, key: `failure-${plan.id}` },
    )
  }
}

/** Why a command said no, in the words people read; null when it is no refusal but a fault. */
function sentencesOf({ commands }: Services, name: string, error: unknown): string[] | null {
  const command = commands.get(name)
  const wording = { ...commonRefusals, ...command?.contract.refusals }
  if (error instanceof Refusal)
    return error.reasons.map(reason => reason.message ?? wording[reason.code] ?? reason.code)
  const constraint = violatedConstraint(error)
  const code = constraint && command?.constraints?.[constraint]
  return code ? [wording[code] ?? code] : null
}
