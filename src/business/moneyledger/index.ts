import { answerQuery } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { journalsOfRecord, trialBalance } from './contract.ts'
import { journalsAbout, trialBalanceOn } from './queries.ts'

/** 元帳: double entry under every money event. Written only through its door, by the slices that move money. */
export const moneyledger: Slice = {
  name: 'moneyledger',
  permissions: [
    {
      code: 'moneyledger.read',
      label: '元帳・試算表を見る',
      roles: ['reviewer', 'approver', 'operations', 'collector', 'accounting', 'manager', 'auditor'],
    },
  ],
  commands: [],
  routes: () => [answerQuery(trialBalance, trialBalanceOn), answerQuery(journalsOfRecord, journalsAbout)],
}

export { accountBalanceYen, postJournal, postJournals, reverseJournal } from './journals.ts'
export { ACCOUNTS, type AccountName, type LedgerKind } from './rules/accounts.ts'
export type { EntryRefs, LedgerEntry } from './rules/journal.ts'
export type { MoneyEvent } from './rules/money-events.ts'
export { type OpeningAccount, openingAccounts } from './rules/money-events.ts'
