import type { z } from 'zod'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { offeredColumns } from '../../platform/list-export.ts'
import { askedCompanies } from '../parties/index.ts'
import { reviewStateLabels } from './labels.ts'
import { reviewState } from './rules.ts'
import { kycStandings } from './standings-contract.ts'
import './tables.ts'

/** The newest standing check of each client decides, as on its page (`kycOf`). */
export async function standingsOf(
  context: QueryContext,
  ids: readonly Id[],
): Promise<Seen<z.input<typeof kycStandings.output>>> {
  const clients = (await askedCompanies(context, ids)).filter(({ roles }) => roles.has('client'))
  const records = clients.flatMap(({ recordIds }) => recordIds)
  const cases = records.length
    ? await context.db
        .selectFrom('kyc_case')
        .select(['party_id', 'state', 'superseded_at', 'next_review_on', 'exception_until'])
        .where('party_id', 'in', records)
        .orderBy('id', 'desc')
        .execute()
    : []
  return {
    body: {
      rows: clients.map(client => {
        const own = cases.filter(row => client.recordIds.includes(row.party_id))
        const standing = own.find(row => row.state === 'completed' && row.superseded_at === null)
        const nextReviewOn = standing?.next_review_on ?? null
        const facts = {
          nextReviewOn,
          exceptionUntil: standing?.exception_until ?? null,
          working: own.some(row => row.state === 'in_progress' || row.state === 'reopened'),
          failed: own[0]?.state === 'failed',
        }
        return { id: client.id, reviewState: reviewState(facts, context.today), nextReviewOn }
      }),
    },
    seen: clients.map(({ seenNo }) => seenNo),
  }
}

export const listColumns = [
  offeredColumns('party', kycStandings, [
    { key: 'kyc', title: '本人確認', value: row => reviewStateLabels[row.reviewState] },
    { key: 'kycDue', title: '本人確認の期限', kind: 'date', value: row => row.nextReviewOn },
  ]),
]
