import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { lockParty } from '../parties/index.ts'
import type { ElectronicFacts } from './method-rules.ts'
import './tables.ts'

export const nextVersion = sql<number>`row_version + 1`

/** The party is locked before its case, everywhere; two commands on one customer wait instead of deadlocking. */
export async function lockCase(context: CommandContext, id: Id) {
  const { tx } = context
  const { party_id } = found(
    await tx.selectFrom('kyc_case').select('party_id').where('id', '=', id).executeTakeFirst(),
    'kyc_case',
  )
  await lockParty(context, party_id)
  return tx.selectFrom('kyc_case').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
}
export type Case = Awaited<ReturnType<typeof lockCase>>

export function isAtWork(row: { state: string }): boolean {
  return row.state === 'in_progress' || row.state === 'reopened'
}

export async function touch({ tx }: CommandContext, id: Id): Promise<void> {
  await tx.updateTable('kyc_case').set({ row_version: nextVersion }).where('id', '=', id).execute()
}

export async function refuseStranger(
  { tx }: CommandContext,
  { partyId, personId }: { partyId: Id; personId: Id },
): Promise<void> {
  const held = await tx
    .selectFrom('party_person')
    .select('id')
    .where('party_id', '=', partyId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  refuseUnless(held !== undefined, 'person_must_belong_to_the_party', { kind: 'invalid', field: 'personId' })
}

export function subjectsOf(row: { id: Id; party_id: Id }) {
  return [
    { kind: 'kyc_case', id: row.id },
    { kind: 'party', id: row.party_id },
  ]
}

export async function electronicRows(db: Db | Tx, caseIds: readonly Id[]) {
  if (caseIds.length === 0) return []
  return db
    .selectFrom('kyc_electronic_check as e')
    .leftJoin('person as p', 'p.id', 'e.person_id')
    .selectAll('e')
    .select(['p.family_name', 'p.given_name', 'p.seen_no'])
    .select(
      sql<number[]>`array(select d.seen_no from document d where d.id = any(e.evidence))`.as('papers_seen'),
    )
    .where('e.case_id', 'in', [...caseIds])
    .orderBy('e.recorded_at')
    .orderBy('e.id')
    .execute()
}
export type ElectronicRow = Awaited<ReturnType<typeof electronicRows>>[number]

/** Of each person the newest check is the one that counts. */
export function countingRows(rows: readonly ElectronicRow[]): ElectronicRow[] {
  return [...new Map(rows.map(row => [row.person_id, row])).values()]
}

export function newestElectronic(rows: readonly ElectronicRow[]): ElectronicFacts[] {
  return countingRows(rows).map(row => ({
    checkedOn: row.checked_on,
    icReadResult: row.ic_read_result,
    signatureValid: row.signature_valid,
    revocationCheckedAt: row.revocation_checked_at,
    faceMatchScore: row.face_match_score,
    faceThresholdPpm: row.face_threshold_ppm,
    liveness: row.liveness,
    bankConfirmed: row.bank_confirmed,
  }))
}
