import { sql } from 'kysely'
import type { CommandContext } from '../../../platform/commands/command.ts'
import { refuseUnless } from '../../../platform/commands/refusal.ts'
import type { Id } from '../../../platform/ids/uuid.ts'
import {
  ACCOUNTS,
  type OpeningAccount,
  openingAccounts,
  postJournal,
  reverseJournal,
} from '../../moneyledger/index.ts'
import type { LockedBatch } from '../batch.ts'
import { cutOverReasons } from './cut-over.ts'
import type { ImportField } from './import-kind.ts'
import { choiceKey } from './read-cells.ts'
import { recordKind } from './record-kind.ts'
import { PARTY_HEADINGS, referenceFields } from './references.ts'

const fields: readonly ImportField[] = [
  {
    name: 'account',
    label: '勘定科目',
    type: 'choice',
    required: true,
    columns: ['勘定科目', '科目', '科目名', '科目コード', '勘定科目コード'],
    help: '元帳の科目名または4桁のコード。買取債権と留保金は債権残高の取込で計上します。',
  },
  {
    name: 'balanceYen',
    label: '残高',
    type: 'yen',
    required: true,
    columns: ['残高', '金額', '残高金額', '移行残高', '期末残高'],
    help: '科目の通常の側（資産は借方、負債は貸方）の残高。',
  },
  ...referenceFields('party', PARTY_HEADINGS),
  { name: 'note', label: '摘要', type: 'text', columns: ['摘要', '備考', 'メモ', '内容'] },
]

/** Open claims come with their own balances; these two follow from them. */
const OF_CLAIMS: readonly OpeningAccount[] = ['purchasedReceivables', 'reserves']

const accounts = new Map<string, OpeningAccount>(
  openingAccounts.flatMap(account => [
    [choiceKey(ACCOUNTS[account].name), account],
    [ACCOUNTS[account].code, account],
  ]),
)

interface Balance {
  account: OpeningAccount
  partyId: Id | null
  yen: number
  cutOverOn: string
  note: string | null
}

/** 開始残高: balances of accounts at the cut-over day, by party where they are somebody's, against 移行時開始残高. */
export const balances = recordKind<Balance>({
  name: 'balances',
  fields,
  permission: 'imports.prepare',
  approve: 'imports.approve',
  parties: { party: null },
  optional: ['party'],
  needs: batch => cutOverReasons(batch.options),
  refusals: {
    balance_must_come_with_the_claims: '買取債権と留保金の残高は、債権残高の取込で計上します。',
    balance_must_not_be_zero: '残高が0円です。',
    journal_must_not_be_reversed_twice: 'この残高はすでに取り消されています。',
  },
  fieldOf: { account: 'account', yen: 'balanceYen' },
  read(cells, { batch, parties }) {
    const account = cells.required('account') === null ? null : cells.choice('account', accounts)
    const yen = cells.required('balanceYen') === null ? null : cells.whole('balanceYen')
    if (account === null || yen === null) return null
    const party = parties.party ?? null
    return {
      input: {
        account,
        partyId: party?.id ?? null,
        yen,
        cutOverOn: batch.options.cutOverOn!,
        note: cells.text('note')?.slice(0, 200) ?? null,
      },
      label: [ACCOUNTS[account].name, party?.legalName].filter(Boolean).join('　'),
      key: `${account}|${party?.id ?? ''}|${cells.text('note') ?? ''}`,
    }
  },
  async enter(context, { account, partyId, yen, cutOverOn, note }) {
    refuseUnless(!OF_CLAIMS.includes(account), 'balance_must_come_with_the_claims', { field: 'account' })
    refuseUnless(yen > 0, 'balance_must_not_be_zero', { field: 'yen' })
    const journalId = await postJournal(
      context,
      {
        kind: 'balances_taken_over',
        refs: partyId === null ? {} : { partyId },
        items: [{ account, yen }],
      },
      { valueOn: cutOverOn },
    )
    if (!journalId) throw new Error('a balance that is not zero is booked')
    await context.record({
      verb: 'balance_taken_over',
      subjects: [
        { kind: 'journal', id: journalId },
        ...(partyId === null ? [] : [{ kind: 'party', id: partyId }]),
      ],
      after: { account: ACCOUNTS[account].code, yen, cutOverOn, note },
      facts: { summary: `${ACCOUNTS[account].name} ${yen.toLocaleString('ja-JP')}円` },
    })
    return { recordId: journalId, made: [], undo: { journalId, partyId } }
  },
  async leave(context, undo, batch) {
    const journalId = String(undo.journalId)
    await reverseJournal(context, journalId, `取込 ${batch.batch_no} の取消`)
    await context.record({
      verb: 'balance_take_over_reverted',
      subjects: [
        { kind: 'journal', id: journalId },
        ...(undo.partyId ? [{ kind: 'party', id: String(undo.partyId) }] : []),
      ],
    })
  },
  booksYen,
})

async function booksYen({ tx }: CommandContext, batch: LockedBatch): Promise<Record<string, number>> {
  const { rows } = await sql<{ yen: number }>`select coalesce(sum(e.amount_yen), 0)::bigint as yen
    from import_row r join ledger_entry e on e.journal_id = r.record_id and e.account_code <> ${ACCOUNTS.openingBalance.code}
    where r.batch_id = ${batch.id} and r.state = 'applied'`.execute(tx)
  return { balanceYen: rows[0]!.yen }
}
