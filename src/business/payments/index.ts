import { answerFile, answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { commands } from './commands.ts'
import { downloadStatementFile, listPayments, listStatementFiles, openPayment } from './contract.ts'
import { lists } from './lists.ts'
import { downloadFile, list, listFiles, open } from './queries.ts'

/** 入金: bank statements taken in line by line, and the deposits made of them. */
export const payments: Slice = {
  name: 'payments',
  lists,
  permissions: [
    {
      code: 'payments.read',
      label: '入金を見る',
      roles: [
        'reviewer',
        'approver',
        'operations',
        'collector',
        'compliance',
        'accounting',
        'manager',
        'auditor',
      ],
    },
    { code: 'payments.import', label: '入出金明細を取り込む', roles: ['accounting'] },
    { code: 'payments.judge', label: '入金の重複を判断する・保留する', roles: ['accounting'] },
    { code: 'payments.refund', label: '返金を申請する', roles: ['accounting'] },
    { code: 'payments.approveRefund', label: '返金を承認する', roles: ['approver', 'manager'] },
    {
      code: 'payments.downloadFile',
      label: '明細ファイルの原本を取り出す',
      roles: ['accounting', 'auditor'],
    },
  ],
  commands,
  records: [
    {
      kind: 'payment_in',
      read: 'payments.read',
      find: async ({ db }, id) => {
        const row = await db
          .selectFrom('payment_in')
          .select('party_id')
          .where('id', '=', id)
          .executeTakeFirst()
        // A deposit nobody has been found for is nobody's yet: its papers are kept under a key of its own.
        return row ? { dataSubjectId: row.party_id ?? id } : null
      },
    },
    { kind: 'statement_file', read: 'payments.read' },
  ],
  routes: ({ keys }) => [
    answerQuery(listPayments, list),
    answerQuery(listStatementFiles, listFiles),
    answerQuery(openPayment, (context, { paymentId }) => open(context, paymentId)),
    answerFile(downloadStatementFile, (context, { fileId }) => downloadFile(keys, context, fileId)),
    ...commands.map(runCommand),
  ],
}

export { refund as refundPaymentCommand } from './commands.ts'
export { importFile as importStatementCommand } from './import-statement.ts'
export { paymentsByIds } from './queries.ts'
export { lockPayment, movePayment, type Payment, setProposed } from './records.ts'
export { afterAct, type PaymentState, WAITING } from './rules.ts'
