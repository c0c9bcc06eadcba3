import { accountRefusals } from '../../accounts/contract.ts'
import {
  type AccountToTakeOver,
  accountTakeOverRefusals,
  type TakenOverAccount,
  takeBackAccount,
  takeOverAccount,
} from '../../accounts/index.ts'
import { accountTypeLabels, usageLabels } from '../../accounts/labels.ts'
import type { AccountUsage } from '../../accounts/tables.ts'
import type { RowProblem } from '../tables.ts'
import type { ImportField } from './import-kind.ts'
import { choicesOf } from './read-cells.ts'
import { recordKind } from './record-kind.ts'
import { PARTY_HEADINGS, referenceFields } from './references.ts'

const fields: readonly ImportField[] = [
  ...referenceFields('party', PARTY_HEADINGS),
  {
    name: 'usage',
    label: '用途',
    type: 'choice',
    columns: ['用途', '口座区分', '口座種類', '使途'],
    help: '空欄は支払先にします。支払先は1社に1つです。',
  },
  {
    name: 'bankCode',
    label: '金融機関コード',
    type: 'text',
    required: true,
    columns: ['金融機関コード', '銀行コード', '金融機関番号', '銀行番号'],
  },
  {
    name: 'branchCode',
    label: '支店コード',
    type: 'text',
    columns: ['支店コード', '支店番号', '店番', '店番号'],
  },
  {
    name: 'accountType',
    label: '預金種目',
    type: 'choice',
    columns: ['預金種目', '種目', '口座種別', '預金種別', '科目'],
  },
  {
    name: 'accountNo',
    label: '口座番号',
    type: 'text',
    personal: true,
    columns: ['口座番号', '口座no', '口座'],
  },
  {
    name: 'yuchoSymbol',
    label: 'ゆうちょ記号',
    type: 'text',
    personal: true,
    columns: ['ゆうちょ記号', '記号'],
  },
  {
    name: 'yuchoNumber',
    label: 'ゆうちょ番号',
    type: 'text',
    personal: true,
    columns: ['ゆうちょ番号', '番号'],
  },
  {
    name: 'holderKana',
    label: '口座名義カナ',
    type: 'kana',
    required: true,
    columns: ['口座名義カナ', '名義カナ', '口座名義人カナ', '名義人カナ', '口座名義', '名義'],
  },
  {
    name: 'holderName',
    label: '口座名義',
    type: 'text',
    columns: ['口座名義漢字', '名義漢字', '口座名義人', '名義人'],
  },
]

const usages = choicesOf(
  Object.fromEntries(Object.entries(usageLabels).map(([usage, label]) => [usage, [label]])) as Record<
    AccountUsage,
    string[]
  >,
)
for (const word of ['支払', '送金先', '振込先', '買取代金', '支払口座']) usages.set(word, 'payout')
for (const word of ['入金', '送金元', '支払元', '振込元']) usages.set(word, 'remit_from')

const types = choicesOf({
  '1': [accountTypeLabels['1']!, '普通預金', '普'],
  '2': [accountTypeLabels['2']!, '当座預金', '当'],
  '4': [accountTypeLabels['4']!, '貯蓄預金', '貯'],
  '9': [accountTypeLabels['9']!],
})

const digitsOf = (text: string | null) => text?.normalize('NFKC').replace(/[\s-]/g, '') ?? null

/** 口座: accounts of parties; they stay unverified and unpayable until two people have confirmed each of them. */
export const accounts = recordKind<AccountToTakeOver>({
  name: 'accounts',
  fields,
  permission: 'accounts.register',
  approve: 'accounts.approveChange',
  parties: { party: null },
  refusals: { ...accountRefusals, ...accountTakeOverRefusals },
  read(cells, { parties }) {
    const party = parties.party!
    const bankCode = digitsOf(cells.required('bankCode'))
    const holderKana = cells.required('holderKana')
    if (!bankCode || !holderKana) return null
    const branchCode = digitsOf(cells.text('branchCode'))
    const accountNo = digitsOf(cells.text('accountNo'))
    if (!/^\d{4}$/.test(bankCode))
      cells.complain('bankCode', 'bank_must_exist', accountRefusals.bank_must_exist, 'error')
    if (branchCode !== null && !/^\d{3}$/.test(branchCode))
      cells.complain('branchCode', 'bank_must_exist', accountRefusals.bank_must_exist, 'error')
    if (accountNo !== null && !/^\d{1,7}$/.test(accountNo))
      cells.complain(
        'accountNo',
        'account_number_must_be_valid',
        accountRefusals.account_number_must_be_valid,
        'error',
      )
    const usage = cells.choice('usage', usages) ?? 'payout'
    return {
      input: {
        partyId: party.id,
        usage,
        bankCode,
        branchCode,
        accountType: cells.choice('accountType', types) ?? '1',
        accountNo,
        yuchoSymbol: digitsOf(cells.text('yuchoSymbol')),
        yuchoNumber: digitsOf(cells.text('yuchoNumber')),
        holderKana: holderKana.slice(0, 100),
        holderName: (cells.text('holderName') ?? party.legalName).slice(0, 150),
      },
      label: `${party.legalName}　${usageLabels[usage]}`,
      key: [party.id, usage, bankCode, branchCode, accountNo, digitsOf(cells.text('yuchoNumber'))].join('|'),
    }
  },
  async enter(context, input) {
    const taken = await takeOverAccount(context, input)
    const notes: RowProblem[] = taken.sharedWithOthers
      ? [
          {
            code: 'account_is_shared',
            column: null,
            heading: '口座番号',
            message:
              '同じ口座がほかの会社にも登録されています。なりすましや同一人の可能性を確認してください。',
            weight: 'note',
          },
        ]
      : []
    return {
      recordId: taken.accountId,
      outcome: taken.outcome,
      made: taken.outcome === 'new' ? [taken.accountId] : [],
      undo: { ...taken },
      notes,
    }
  },
  leave: (context, undo) => takeBackAccount(context, undo as unknown as TakenOverAccount),
})
