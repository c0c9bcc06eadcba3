import { call } from '../../platform/http/client.ts'
import type { OfferedPast, PastFact } from '../../platform/web/page.ts'
import { type CreditFile, creditFileOfParty } from './contract.ts'
import {
  collateralKindLabels,
  guaranteeKindLabels,
  outcomeLabels,
  providerLabels,
  subjectRoleLabels,
  watchLabels,
} from './labels.ts'
import { standsOn } from './rules/security.ts'
import { isStricter } from './rules/watch.ts'

const yen = (value: number | null) => (value === null ? '上限なし' : `¥${value.toLocaleString('ja-JP')}`)

/** What the credit file said on a past day: watch status, the latest score of each provider, decided reviews, and security. */
export const assessmentPast: readonly OfferedPast[] = [
  {
    on: 'party',
    key: 'credit-file',
    title: '審査',
    order: 490,
    permission: 'assessment.read',
    async facts(partyId, { asOf }, signal) {
      const file = await call(creditFileOfParty, { partyId }, { signal })
      return [
        watchOn(file, asOf),
        ...scoresOn(file, asOf),
        ...reviewsOn(file, asOf),
        ...file.collateral
          .filter(one => standsOn(one, asOf))
          .map(one => ({
            key: `collateral:${one.collateralNo}`,
            label: `担保　${collateralKindLabels[one.collateralKind]}`,
            value: `${one.collateralNo}　${yen(one.securedYen)}`,
          })),
        ...file.guarantees
          .filter(one => standsOn(one, asOf))
          .map(one => ({
            key: `guarantee:${one.id}`,
            label: `保証　${guaranteeKindLabels[one.guaranteeKind]}`,
            value: `${one.guaranteeNo}　${one.guarantor.name}　${yen(one.guaranteedYen)}`,
          })),
      ]
    },
  },
]

/** The strictest of what was the last word on each record by that day. */
export function watchOn(file: Pick<CreditFile, 'watchHistory'>, asOf: string): PastFact {
  const last = new Map<string, CreditFile['watchHistory'][number]>()
  // Newest first: the first word met on a record is its last by that day.
  for (const row of file.watchHistory) {
    const record = row.recordNo ?? ''
    if (row.since <= asOf && !last.has(record)) last.set(record, row)
  }
  const state = [...last.values()].reduce<CreditFile['watch']['state']>(
    (worst, row) => (isStricter(row.state, worst) ? row.state : worst),
    'normal',
  )
  return { key: 'watch', label: '監視区分', value: watchLabels[state] }
}

function scoresOn(file: CreditFile, asOf: string): PastFact[] {
  const latest = new Map<string, PastFact>()
  for (const one of file.scores) {
    const key = `score:${one.provider}:${one.providerName ?? ''}:${one.scoreScale}`
    if (!one.counts || one.scoreDate > asOf || latest.has(key)) continue
    latest.set(key, {
      key,
      label: `評点　${one.providerName ?? providerLabels[one.provider]}`,
      value: `${one.score}／${one.scoreScale}点（${one.scoreDate}）`,
    })
  }
  return [...latest.values()]
}

function reviewsOn(file: CreditFile, asOf: string): PastFact[] {
  const latest = new Map<string, PastFact>()
  for (const one of file.reviews) {
    if (one.decidedOn === null || one.decidedOn > asOf || latest.has(one.subjectRole)) continue
    latest.set(one.subjectRole, {
      key: `review:${one.subjectRole}`,
      label: `審査　${subjectRoleLabels[one.subjectRole]}`,
      value: [
        one.reviewNo,
        outcomeLabels[one.outcome],
        one.recommendedYen === null ? null : yen(one.recommendedYen),
      ]
        .filter(Boolean)
        .join('　'),
    })
  }
  return [...latest.values()]
}
