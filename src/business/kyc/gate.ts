import { sql } from 'kysely'
import type { Reason } from '../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { sameCompany } from '../parties/index.ts'
import { kycRefusals } from './labels.ts'
import './tables.ts'

/**
 * What 本人確認 has against dealing with a party today: no completed check, or its review date has passed and no approved exception is in
 * force (JR §3.12, KYC gate: blocked from the day after `next_review_on`). Of a company made of several records the newest check counts.
 */
export async function kycHindrances(tx: Db | Tx, partyId: Id, today: IsoDate): Promise<Reason[]> {
  const { rows } = await sql<{ next_review_on: IsoDate; exception_until: IsoDate | null }>`
    select next_review_on, exception_until from kyc_case
    where party_id in ${sameCompany(partyId)} and state = 'completed' and superseded_at is null
    order by completed_on desc, id desc limit 1`.execute(tx)
  const standing = rows[0]
  if (!standing) return [{ code: 'kyc_must_be_completed', message: kycRefusals.kyc_must_be_completed }]
  if (standing.next_review_on >= today) return []
  if (standing.exception_until !== null && standing.exception_until >= today) return []
  return [
    {
      code: 'kyc_must_be_current',
      message: `${kycRefusals.kyc_must_be_current}（期限 ${standing.next_review_on}）`,
      facts: { nextReviewOn: standing.next_review_on },
    },
  ]
}
