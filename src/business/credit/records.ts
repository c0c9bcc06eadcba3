import type { Selectable } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Tables } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import './tables.ts'

export type StoredLimit = Selectable<Tables['credit_limit']>

export async function lockLimit({ tx }: CommandContext, id: Id): Promise<StoredLimit> {
  const limit = found(
    await tx.selectFrom('credit_limit').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),
    'limit',
  )
  refuseUnless(limit.revoked_at === null && limit.superseded_at === null, 'limit_must_stand')
  return limit
}

export function subjectsOf(limit: StoredLimit) {
  return [
    { kind: 'limit', id: limit.id },
    { kind: 'party', id: limit.subject_id },
    ...(limit.second_subject_id ? [{ kind: 'party', id: limit.second_subject_id }] : []),
  ]
}
