import { addDays } from '../../platform/dates/calendar-date.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import type { ContractNotice } from '../contracts/index.ts'
import type { AlertRule } from './rules.ts'

/** Days before a bought claim lapses by limitation at which somebody is told: a demand holds it off for six months, once (house rule). */
export const LIMITATION_NOTICE_DAYS = 180
const LIMITATION_URGENT_DAYS = 30
/** Days before the last day of giving notice under a contract at which somebody is told (house rule). */
export const CONTRACT_NOTICE_DAYS = 30
/** Days before a paper expires at which somebody is told to ask for a new one (house rule). */
export const PAPER_NOTICE_DAYS = 30

const limitationNear: AlertRule = {
  code: 'claim_must_not_lapse_by_limitation',
  version: 1,
  source: 'JR §6.9 (民法166条); DD group 8, limitation_on',
  find: ({ limitations, today }) =>
    limitations.map(claim => {
      const lapsed = claim.limitationOn < today
      const yen = `${claim.openYen.toLocaleString('ja-JP')}円`
      return {
        kind: 'limitation' as const,
        severity:
          claim.limitationOn <= addDays(today, LIMITATION_URGENT_DAYS)
            ? ('critical' as const)
            : ('warning' as const),
        subject: { kind: 'receivable', id: claim.id },
        partyId: claim.clientId,
        sentence: lapsed
          ? `${claim.clientName} の債権 ${claim.receivableNo}（未回収 ${yen}）は ${claim.limitationOn} に時効が完成しています。承認などの事実がないか確認してください`
          : `${claim.clientName} の債権 ${claim.receivableNo}（未回収 ${yen}）は ${claim.limitationOn} に時効が完成します。催告・訴え・承認などの手当てが必要です`,
        dedupeKey: `limitation:${claim.id}:${claim.limitationOn}`,
        ownerId: null,
        ownerRole: 'collector',
        dueOn: claim.limitationOn,
      }
    }),
}

const renewalWords = {
  automatic: '自動更新を止める',
  by_agreement: '更新する',
  none: '契約を終える、または結び直す',
} as const

const sentenceOf = (contract: ContractNotice, late: boolean): string =>
  `${contract.partyName} の契約 ${contract.contractNo}（満了 ${contract.endsOn}）で${renewalWords[contract.renewal ?? 'none']}ための申し出期限は ${contract.noticeBy} ${late ? 'でした' : 'です'}`

const contractNotice: AlertRule = {
  code: 'contract_notice_must_be_given_in_time',
  version: 1,
  source: 'DD group 7, ends_on, renewal, notice_days',
  find: ({ contractNotices, today }) =>
    contractNotices.map(contract => {
      const late = contract.noticeBy < today
      return {
        kind: 'contract_notice' as const,
        severity: late ? ('critical' as const) : ('warning' as const),
        subject: { kind: 'contract', id: contract.id },
        partyId: contract.partyId,
        sentence: sentenceOf(contract, late).slice(0, 500),
        dedupeKey: `contract_notice:${contract.id}:${contract.noticeBy}`,
        ownerId: contract.ownerId,
        ownerRole: 'sales',
        dueOn: contract.noticeBy,
      }
    }),
}

const paperExpiring: AlertRule = {
  code: 'paper_must_be_current',
  version: 1,
  source: 'DD group 11, expires_on; DD cross-check 7: every expired item has an owner',
  find: ({ papers, today }) =>
    papers.map(paper => {
      const late = paper.expiresOn < today
      return {
        kind: 'paper_expiring' as const,
        severity: late ? ('critical' as const) : ('warning' as const),
        subject: { kind: 'document', id: paper.id },
        partyId: paper.partyId,
        sentence:
          `${paper.partyName ? `${paper.partyName} の` : ''}${paper.kindWord} ${paper.docNo} の有効期限は ${paper.expiresOn} に${late ? '切れました' : '切れます'}。新しい書類を受け取ってください`.slice(
            0,
            500,
          ),
        dedupeKey: `paper_expiring:${paper.id}:${paper.expiresOn}`,
        ownerId: paper.ownerId,
        ownerRole: 'operations',
        dueOn: paper.expiresOn,
      }
    }),
}

/** Days in which compliance looks at a paper in which an individual number may stand. */
const QUARANTINE_DAYS = 1

const paperQuarantined: AlertRule = {
  code: 'my_number_must_not_be_kept',
  version: 1,
  source: 'JR §1.6; DD cross-check 8',
  find: ({ quarantined }) =>
    quarantined.map(paper => ({
      kind: 'paper_quarantined' as const,
      severity: 'critical' as const,
      subject: { kind: 'document', id: paper.id },
      partyId: paper.partyId,
      sentence: `書類 ${paper.docNo} にマイナンバー（個人番号）と思われる番号があり、隔離しています。番号を隠した版に差し替えるか、番号でないことを確かめて隔離を解いてください`,
      dedupeKey: `paper_quarantined:${paper.id}:${paper.quarantinedAt}`,
      ownerId: null,
      ownerRole: 'compliance',
      dueOn: addDays(todayInTokyo(new Date(paper.quarantinedAt)), QUARANTINE_DAYS),
    })),
}

export const deadlineRules: readonly AlertRule[] = [
  limitationNear,
  contractNotice,
  paperExpiring,
  paperQuarantined,
]
