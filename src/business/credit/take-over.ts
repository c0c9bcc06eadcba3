import { sql } from 'kysely'
import type { z } from 'zod'
import type { CommandContext } from '../../platform/commands/command.ts'
import { refuseUnless } from '../../platform/commands/refusal.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { grant, permanentLimits } from './commands.ts'
import type { ExposureToCommit } from './commit.ts'
import { grantLimit } from './contract.ts'
import './tables.ts'

/**
 * Counts a claim that was bought and paid before this system was there against its client and debtor. No headroom is asked: the
 * money is out already; a limit that is exceeded by it shows as a breach.
 */
export async function takeOverExposure(
  { tx, now }: CommandContext,
  { receivableId, clientId, debtorId, amountYen }: ExposureToCommit,
): Promise<void> {
  const at = now.toISOString()
  await sql`with held as (
      insert into credit_exposure (receivable_id, client_id, debtor_id, state, amount_yen, started_at, changed_at)
      values (${receivableId}, ${clientId}, ${debtorId}, 'paid', ${amountYen}, ${at}, ${at}))
    insert into credit_pair_total (client_id, debtor_id, committed_yen, paid_yen) values (${clientId}, ${debtorId}, 0, ${amountYen})
    on conflict (client_id, debtor_id) do update set paid_yen = credit_pair_total.paid_yen + excluded.paid_yen`.execute(
    tx,
  )
}

/** Takes the exposure of a claim that leaves the books again out of the sums. */
export async function takeBackExposure({ tx }: CommandContext, receivableId: Id): Promise<void> {
  await sql`with gone as (
      delete from credit_exposure where receivable_id = ${receivableId} returning client_id, debtor_id, state, amount_yen)
    update credit_pair_total t set paid_yen = t.paid_yen - gone.amount_yen from gone
    where t.client_id = gone.client_id and t.debtor_id = gone.debtor_id and gone.state = 'paid'`.execute(tx)
}

/** A limit as another system knew it, granted by the two people who decided the import. */
export type LimitToTakeOver = Omit<z.input<typeof grantLimit.input>, 'change'>

export type TakenOverLimit = { limitId: Id; subjectId: Id; secondSubjectId: Id | null; grantedAt: string }

export const limitTakeOverRefusals = {
  limit_must_not_stand_already: '同じ種別の与信枠がすでにあります。改定は与信枠の画面で申請してください。',
  limit_must_be_unused: '取込後にこの枠で取引または変更があったため、与信枠を残しました。',
} as const

/** Sets a limit of an old system by the rules of `grantLimit`; a permanent limit that stands is never replaced by an import. */
export async function takeOverLimit(
  context: CommandContext,
  input: LimitToTakeOver,
): Promise<TakenOverLimit> {
  const parsed = grantLimit.input.parse({ ...input, change: MOVED_IN })
  if (parsed.term === 'permanent')
    refuseUnless((await permanentLimits(context, parsed)).length === 0, 'limit_must_not_stand_already', {
      field: 'subjectId',
    })
  const { id } = await grant.run(context, parsed)
  return {
    limitId: id,
    subjectId: parsed.subjectId,
    secondSubjectId: parsed.secondSubjectId ?? null,
    grantedAt: context.now.toISOString(),
  }
}

const MOVED_IN = { reasonCode: 'system' as const, reasonText: '旧システムからの移行', evidence: [] }

/** Takes a limit out again; refuses when it was changed, or when anything was committed under it since. */
export async function takeBackLimit(context: CommandContext, taken: TakenOverLimit): Promise<void> {
  const { tx } = context
  const used = await tx
    .selectFrom('credit_exposure')
    .select('receivable_id')
    .where(eb => eb.or([eb('client_id', '=', taken.subjectId), eb('debtor_id', '=', taken.subjectId)]))
    .where('started_at', '>', taken.grantedAt)
    .where(eb => eb.or([eb('state', '=', 'committed'), eb('changed_at', '>', eb.ref('started_at'))]))
    .limit(1)
    .executeTakeFirst()
  const gone = used
    ? undefined
    : await tx
        .deleteFrom('credit_limit')
        .where('id', '=', taken.limitId)
        .where('row_version', '=', 1)
        .returning('limit_no')
        .executeTakeFirst()
  refuseUnless(gone !== undefined, 'limit_must_be_unused')
  await context.record({
    verb: 'limit_take_over_reverted',
    subjects: [
      { kind: 'limit', id: taken.limitId },
      { kind: 'party', id: taken.subjectId },
      ...(taken.secondSubjectId ? [{ kind: 'party', id: taken.secondSubjectId }] : []),
    ],
    before: { limitNo: gone.limit_no },
  })
}
