import { answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { commands } from './commands.ts'
import { dueCalendar, kycOfParty, listDue, unmaskDocument } from './contract.ts'
import { lists } from './lists.ts'
import { calendarOf, dueRows, kycOf, unmask } from './queries.ts'
import { listColumns, standingsOf } from './standings.ts'
import { kycStandings } from './standings-contract.ts'

/** 本人確認: who the customer is, seen on which documents by which method, and until when that counts. */
export const kyc: Slice = {
  name: 'kyc',
  lists,
  listColumns,
  permissions: [
    {
      code: 'kyc.read',
      label: '本人確認を見る（書類の番号は下4桁）',
      roles: ['sales', 'reviewer', 'approver', 'operations', 'compliance', 'manager', 'auditor'],
    },
    {
      code: 'kyc.check',
      label: '本人確認を行い、完了・期限の例外を申請する',
      roles: ['sales', 'reviewer', 'operations'],
    },
    { code: 'kyc.approve', label: '本人確認の完了を承認する', roles: ['compliance', 'manager'] },
    { code: 'kyc.approveException', label: '本人確認期限の例外を承認する', roles: ['compliance'] },
  ],
  commands,
  records: [{ kind: 'kyc_case', read: 'kyc.read' }],
  routes: ({ keys }) => [
    answerQuery(kycOfParty, (context, { partyId }) => kycOf(context, partyId)),
    answerQuery(unmaskDocument, (context, { documentId }) => unmask(keys, context, documentId)),
    answerQuery(kycStandings, (context, { ids }) => standingsOf(context, ids)),
    answerQuery(listDue, dueRows),
    answerQuery(dueCalendar, calendarOf),
    ...commands.map(runCommand),
  ],
}

export {
  addDocument as addSeenDocumentCommand,
  complete as completeKycCommand,
  open as openKycCommand,
} from './commands.ts'
export { kycHindrances, kycHindrancesOf } from './gate.ts'
export { recordCheck as recordElectronicCheckCommand } from './record-electronic-check.ts'
export {
  type KycToTakeOver,
  kycTakeOverRefusals,
  type TakenOverKyc,
  takeBackKyc,
  takeOverKyc,
} from './take-over.ts'
