import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { type Reason, refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { lockParty } from '../parties/index.ts'
import { type AssessmentRules, defaultRules } from './rules/rules-in-force.ts'
import './tables.ts'

/** The company's measures as they stand; the program's defaults while it has set none. */
export async function rulesInForce(db: Db | Tx): Promise<AssessmentRules> {
  const row = await db
    .selectFrom('assessment_rule')
    .selectAll()
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row
    ? {
        version: row.version,
        scoreFallPpm: row.score_fall_ppm,
        fallWindowDays: row.fall_window_days,
        reportAgeDays: row.report_age_days,
        noticeDays: row.notice_days,
        basisThresholdYen: row.basis_threshold_yen,
      }
    : defaultRules
}

export interface CompanyOfParty {
  id: Id
  partyIds: Id[]
  /** Roles of all records together. */
  roles: string[]
}

/** The company a record belongs to, with all its records and what they are together. */
export async function companyOf(db: Db | Tx, partyId: Id): Promise<CompanyOfParty> {
  const { rows } = await sql<{ id: Id; company: Id; roles: string[] }>`
    select p.id, i.identity_id as company, p.roles from party_identity own
    join party_identity i on i.identity_id = own.identity_id join party p on p.id = i.party_id
    where own.party_id = ${partyId} order by p.id`.execute(db)
  return {
    id: rows[0]?.company ?? partyId,
    partyIds: rows.map(row => row.id),
    roles: [...new Set(rows.flatMap(row => row.roles))],
  }
}

/** The party of a command, locked and within reach, with its company. */
export async function lockCompany(context: CommandContext, partyId: Id) {
  const party = await lockParty(context, partyId)
  return { party, company: await companyOf(context.tx, party.id) }
}

export function refuseFuture(day: string, today: string, field: string): void {
  refuseUnless(day <= today, 'date_must_not_be_in_the_future', { kind: 'invalid', field })
}

export const refuseInvalid = (reasons: Reason[]): void => refuseAll(reasons, 'invalid')

export const raised = sql<number>`row_version + 1`
