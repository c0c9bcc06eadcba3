import { z } from 'zod'
import { id, isoDate, query } from '../../platform/http/contract.ts'

/** Refusals of slices that post or reverse journals through this door. */
export const ledgerRefusals = {
  journal_must_not_be_reversed_twice: 'この仕訳は既に取り消されています。',
  reversal_must_not_be_reversed: '取消仕訳は取り消せません。正しい取引を改めて記録してください。',
} as const

const balance = z.object({
  code: z.string(),
  name: z.string(),
  nature: z.enum(['asset', 'liability', 'income', 'expense']),
  debitYen: z.number(),
  creditYen: z.number(),
  balanceYen: z.number(),
})

export const trialBalance = query({
  name: 'moneyledger.trialBalance',
  path: '/api/ledger/trial-balance',
  summary: 'Trial balance on a day; with `knownAt` as it was known at that instant.',
  permission: 'moneyledger.read',
  sight: null,
  input: z.object({ asOf: isoDate, knownAt: z.iso.datetime().optional() }),
  output: z.object({
    accounts: z.array(balance),
    debitYen: z.number(),
    creditYen: z.number(),
  }),
})
export type TrialBalance = z.infer<(typeof trialBalance)['output']>

const journal = z.object({
  id,
  journalNo: z.string(),
  eventKind: z.string(),
  valueOn: z.string(),
  recordedAt: z.string(),
  recordedBy: z.string(),
  reversalOf: z.string().nullable(),
  reversed: z.boolean(),
  reason: z.string().nullable(),
  entries: z.array(
    z.object({
      side: z.enum(['debit', 'credit']),
      kind: z.string(),
      accountCode: z.string(),
      accountName: z.string(),
      amountYen: z.number(),
      taxCategory: z.string().nullable(),
    }),
  ),
})
export type JournalShown = z.infer<typeof journal>

export const journalsOfRecord = query({
  name: 'moneyledger.journalsOfRecord',
  path: '/api/ledger/journals',
  summary: 'Newest journals about one claim, party or contract, with their lines.',
  permission: 'moneyledger.read',
  sight: 'list',
  input: z.object({ of: z.enum(['receivable', 'party', 'contract']), recordId: id }),
  output: z.object({ journals: z.array(journal) }),
})
