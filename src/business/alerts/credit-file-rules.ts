import { addDays } from '../../platform/dates/calendar-date.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import type { CreditFileDue } from '../assessment/index.ts'
import type { AlertRule } from './rules.ts'

/** Days in which compliance looks at a personal guarantee (house rule). */
export const GUARANTEE_DAYS = 3

const subjects: Record<CreditFileDue['what'], string> = {
  report: 'external_report',
  collateral: 'collateral',
  guarantee: 'guarantee',
  review: 'credit_review',
  watch: 'party',
}

const sentenceOf = ({ what, no, partyName, dueOn }: CreditFileDue, late: boolean): string =>
  ({
    report: `${partyName} の信用調査レポート（${no}）が古くなっています（${dueOn} に有効日数を超過）。取り直してください`,
    collateral: `${partyName} の担保 ${no} は期限 ${dueOn} ${late ? 'を過ぎています' : 'までに更新が必要です'}`,
    guarantee: `${partyName} の保証 ${no} は期限 ${dueOn} ${late ? 'を過ぎています' : 'までに更新が必要です'}`,
    review: `${partyName} の与信審査 ${no} は見直し期日 ${dueOn} ${late ? 'を過ぎています' : 'が近づいています'}`,
    watch: `${partyName} の監視区分は ${dueOn} に見直す予定${late ? 'でした' : 'です'}`,
  })[what]

const creditFileDue: AlertRule = {
  code: 'credit_file_must_be_current',
  version: 1,
  source:
    'DD group 5: external_report, collateral, guarantee expires_on, review_due_on; company rules of the credit file',
  find: ({ creditFile, today }) =>
    creditFile.map(due => {
      // A report is late by nature: it is told on the day its age runs out.
      const late = due.what !== 'report' && due.dueOn < today
      return {
        kind: 'credit_file' as const,
        severity: late ? ('critical' as const) : ('warning' as const),
        subject: { kind: subjects[due.what], id: due.what === 'watch' ? due.partyId : due.id },
        partyId: due.partyId,
        sentence: sentenceOf(due, late).slice(0, 500),
        dedupeKey: `credit_file:${due.what}:${due.id}:${due.dueOn}`,
        ownerId: null,
        ownerRole: 'reviewer',
        dueOn: due.dueOn,
      }
    }),
}

const personalGuarantee: AlertRule = {
  code: 'personal_guarantee_must_be_judged',
  version: 1,
  source: 'DD group 5, guarantee: personal guarantee of the client → compliance; JR §6.6',
  find: ({ guarantees }) =>
    guarantees.map(guarantee => ({
      kind: 'personal_guarantee' as const,
      severity: 'critical' as const,
      subject: { kind: 'guarantee', id: guarantee.id },
      partyId: guarantee.partyId,
      sentence: `${guarantee.partyName} に個人保証 ${guarantee.guaranteeNo} が付いています。貸付とみなされるおそれがないか確認してください`,
      dedupeKey: `personal_guarantee:${guarantee.id}`,
      ownerId: null,
      ownerRole: 'compliance',
      dueOn: addDays(todayInTokyo(new Date(guarantee.recordedAt)), GUARANTEE_DAYS),
    })),
}

export const creditFileRules: readonly AlertRule[] = [creditFileDue, personalGuarantee]
