import { answerFile, answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { transferDayNow } from '../access/index.ts'
import { create, send } from './batch-commands.ts'
import {
  approve,
  bounce,
  cancel,
  check,
  confirm,
  giveBack,
  prepare,
  prepareOnceMore,
  report,
} from './commands.ts'
import {
  downloadBatch,
  listBatches,
  listDues,
  listPayouts,
  netPayout,
  openPayout,
  transferDay,
} from './contract.ts'
import { payDues } from './due-commands.ts'
import { dues } from './due-queries.ts'
import { lists } from './lists.ts'
import { showNetPayout } from './net-payout.ts'
import { download, list, listFiles, open } from './queries.ts'
import { rescind } from './rescind.ts'

const commands = [
  prepare,
  payDues,
  prepareOnceMore,
  check,
  giveBack,
  approve,
  create,
  send,
  confirm,
  report,
  bounce,
  cancel,
  rescind,
]

/** 支払: money out, by two people, to a verified account, in a file for the bank. */
export const payouts: Slice = {
  name: 'payouts',
  lists,
  permissions: [
    {
      code: 'payouts.read',
      label: '支払を見る',
      roles: [
        'sales',
        'reviewer',
        'approver',
        'operations',
        'compliance',
        'accounting',
        'manager',
        'auditor',
      ],
    },
    { code: 'payouts.prepare', label: '支払を依頼する', roles: ['operations'] },
    { code: 'payouts.check', label: '支払を確認し、承認を申請する', roles: ['accounting'] },
    { code: 'payouts.approve', label: '支払を承認する', roles: ['approver', 'accounting', 'manager'] },
    { code: 'payouts.send', label: '振込ファイルを作成・送信し、結果を記録する', roles: ['accounting'] },
    { code: 'payouts.cancel', label: '支払を取り消す', roles: ['operations', 'accounting'] },
    {
      code: 'payouts.requestRescission',
      label: '送金前の買取の解除を申請する',
      roles: ['operations', 'accounting'],
    },
    {
      code: 'payouts.approveRescission',
      label: '送金前の買取の解除を承認する',
      roles: ['approver', 'manager'],
    },
  ],
  commands,
  records: [
    { kind: 'payment_out', read: 'payouts.read' },
    { kind: 'payout_batch', read: 'payouts.read' },
    { kind: 'payout_due', read: 'payouts.read' },
  ],
  routes: ({ keys }) => [
    answerQuery(listPayouts, list),
    answerQuery(listDues, dues),
    answerQuery(listBatches, listFiles),
    answerQuery(transferDay, async ({ db, now }) => ({ body: await transferDayNow(db, now), seen: [] })),
    answerQuery(netPayout, (context, { purchaseId }) => showNetPayout(context, purchaseId)),
    answerQuery(openPayout, (context, { payoutId }) => open(context, payoutId)),
    answerFile(downloadBatch, (context, { batchId }) => download(keys, context, batchId)),
    ...commands.map(runCommand),
  ],
}

export { create as createBatchCommand, send as sendBatchCommand } from './batch-commands.ts'
export {
  approve as approvePayoutCommand,
  check as checkPayoutCommand,
  confirm as confirmPayoutsCommand,
  prepare as preparePayoutCommand,
} from './commands.ts'
export { claimIdsOf, deductFromPayout, type NetPayout, netPayouts } from './deductions.ts'
export { payDues as prepareDuesCommand } from './due-commands.ts'
export {
  type DueToOpen,
  dueStateSql,
  lockDues,
  openDue,
  type PayoutDue,
  paymentOfDue,
  setOffDue,
  subjectsOfDue,
  takeDuesBack,
} from './dues.ts'
