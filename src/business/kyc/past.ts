import { call } from '../../platform/http/client.ts'
import type { OfferedPast } from '../../platform/web/page.ts'
import { kycOfParty } from './contract.ts'
import { methodLabels, ratingLabels } from './labels.ts'

/** The check of identity that counted on a past day. */
export const kycPast: readonly OfferedPast[] = [
  {
    on: 'party',
    key: 'kyc',
    title: '本人確認',
    order: 300,
    permission: 'kyc.read',
    async facts(partyId, { asOf }, signal) {
      const { cases } = await call(kycOfParty, { partyId }, { signal })
      const completed = cases
        .filter(one => one.completedOn !== null && one.completedOn <= asOf)
        .sort((a, b) => (a.completedOn! < b.completedOn! ? 1 : -1))[0]
      if (!completed) return [{ key: 'state', label: '状態', value: 'まだ完了していません' }]
      const due = completed.nextReviewOn
      return [
        { key: 'state', label: '状態', value: due !== null && due < asOf ? '期限切れ' : '有効' },
        { key: 'case', label: '確認', value: `${completed.caseNo}　${completed.completedOn}` },
        { key: 'method', label: '方法', value: methodLabels[completed.methodCode] },
        { key: 'rating', label: 'リスク評価', value: ratingLabels[completed.riskRating] },
        { key: 'due', label: '次回の期限', value: due ?? '（なし）' },
      ]
    },
  },
]
