import { sql } from 'kysely'
import type { Reason } from '../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import { thresholdsInForce } from '../access/index.ts'
import { kycRefusals } from './labels.ts'
import './tables.ts'

/**
 * What 本人確認 has against dealing with a party today: no completed check, or its review date has passed and no approved exception is in
 * force (JR §3.12, KYC gate: blocked from the day after `next_review_on`). Of a company made of several records the newest check counts.
 */
export async function kycHindrances(tx: Db | Tx, partyId: Id, today: IsoDate): Promise<Reason[]> {
  const [reasons] = await kycHindrancesOf(tx, [partyId], today)
  return reasons ?? []
}

/** The same for many parties in one statement, in the order given. */
export async function kycHindrancesOf(
  tx: Db | Tx,
  partyIds: readonly Id[],
  today: IsoDate,
  /** Yen that moves with each party now, in their order; null where no sum is decided yet. */
  moved: readonly (Yen | null)[] = [],
): Promise<Reason[][]> {
  const { rows } = await sql<StandingCheck>`
    select k.next_review_on, k.exception_until, k.risk_rating = 'high' and not k.asset_income_checked as assets_unchecked
    from unnest(${[...partyIds]}::uuid[]) with ordinality as asked(id, at)
    left join lateral (select next_review_on, exception_until, risk_rating, asset_income_checked from kyc_case
      where party_id = any(array(select company_records(asked.id))) and state = 'completed' and superseded_at is null
      order by completed_on desc, id desc limit 1) k on true
    order by asked.at`.execute(tx)
  const unchecked = rows.some((row, at) => row.assets_unchecked && (moved[at] ?? null) !== null)
  const overYen = unchecked ? await assetIncomeOverYen(tx) : 0
  return rows.map((row, at) => [
    ...reasonsAgainst(row, today),
    ...(row.assets_unchecked && (moved[at] ?? 0) > overYen
      ? [
          {
            code: 'asset_income_must_be_checked_for_the_sum',
            message: kycRefusals.asset_income_must_be_checked_for_the_sum,
          },
        ]
      : []),
  ])
}

/** Above this sum the assets or income of a high-risk customer are checked (JR §3.2; company setting). */
export async function assetIncomeOverYen(db: Db | Tx): Promise<Yen> {
  return (await thresholdsInForce(db)).assetIncomeOverYen
}

/** All null: no check was completed. */
interface StandingCheck {
  assets_unchecked: boolean | null
  next_review_on: IsoDate | null
  exception_until: IsoDate | null
}

function reasonsAgainst(standing: StandingCheck, today: IsoDate): Reason[] {
  if (standing.next_review_on === null)
    return [{ code: 'kyc_must_be_completed', message: kycRefusals.kyc_must_be_completed }]
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
