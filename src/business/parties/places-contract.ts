import { z } from 'zod'
import { changeReason, command, historicDay, id, isoDate, query } from '../../platform/http/contract.ts'

export const branchKinds = ['branch', 'sales_office', 'factory', 'shop', 'other'] as const
export const identifierIssuers = ['tdb', 'tsr', 'lei', 'edinet', 'duns', 'other'] as const

const text = (max: number) => z.string().trim().min(1).max(max)

export const branchRefusals = {
  phone_must_be_valid: '電話番号が正しくありません。',
  postal_code_must_be_valid: '郵便番号は7桁で入力してください。',
  kana_must_be_katakana: 'フリガナはカタカナで入力してください。',
  my_number_must_not_be_stored: 'マイナンバーと思われる番号は保存できません。',
  branch_must_be_open: 'この支店・営業所は既に閉鎖されています。',
  branch_must_open_before_it_closes: '閉鎖日は開設日より後の日付で入力してください。',
  branch_must_be_unique: '同じ名前の支店・営業所が既にあります。',
  branch_must_not_be_a_company:
    '支店・営業所の名前だけを入力してください（会社名は付けません）。別の会社は顧客として登録します。',
  day_must_not_be_later: '今日までの日付で入力してください。',
  something_must_change: '変更された項目がありません。',
} as const

export const identifierRefusals = {
  code_must_fit_its_issuer: 'コードの形が発行元の決まりに合いません。',
  issuer_must_be_named: '発行元の名前を入力してください。',
  code_must_differ: '同じコードが既に記録されています。',
  code_must_be_in_force: 'このコードは既に終了しています。',
  code_must_begin_before_it_ends: '終了日は開始日以降の日付で入力してください。',
  day_must_not_be_later: '今日までの日付で入力してください。',
} as const

const branchItems = {
  kind: z.enum(branchKinds),
  name: text(150),
  nameKana: text(150).nullish(),
  postalCode: text(20).nullish(),
  address: text(300).nullish(),
  phone: text(40).nullish(),
}

const branch = z.object({
  id,
  rowVersion: z.number().int(),
  kind: z.enum(branchKinds),
  name: z.string(),
  nameKana: z.string().nullable(),
  postalCode: z.string().nullable(),
  address: z.string().nullable(),
  phone: z.string().nullable(),
  /** Opened, and the first day it is no more. */
  validFrom: z.string().nullable(),
  validTo: z.string().nullable(),
  /** What it was called and where it was before, newest first. */
  earlier: z.array(
    z.object({ field: z.string(), value: z.string(), from: z.string().nullable(), to: z.string() }),
  ),
  /** The record it stands in, where several records are one company. */
  partyNo: z.string().nullable(),
})
export type Branch = z.infer<typeof branch>

const identifier = z.object({
  id,
  rowVersion: z.number().int(),
  issuer: z.enum(identifierIssuers),
  issuerName: z.string().nullable(),
  value: z.string(),
  validFrom: z.string().nullable(),
  /** The last day it was valid. */
  validTo: z.string().nullable(),
  partyNo: z.string().nullable(),
})
export type Identifier = z.infer<typeof identifier>

export const placesOfParty = query({
  name: 'parties.branchesAndCodes',
  path: '/api/parties/:partyId/branches',
  summary:
    'Branches, offices and plants of a company, and the codes other houses give it, with the days they were valid; ended ones last.',
  permission: 'parties.read',
  sight: 'open',
  input: z.object({ partyId: id, asOf: isoDate.optional() }),
  output: z.object({ branches: z.array(branch), identifiers: z.array(identifier) }),
})

export const addBranch = command({
  name: 'parties.addBranch',
  path: '/api/parties/:partyId/branches/add',
  summary:
    'Adds a branch, office, plant or shop to a company. A branch is no company: it has no number and no limit of its own.',
  permission: 'parties.change',
  input: z.object({ partyId: id, ...branchItems, validFrom: historicDay.nullish() }),
  output: z.object({ id }),
  refusals: branchRefusals,
})

export const changeBranch = command({
  name: 'parties.changeBranch',
  path: '/api/branches/:branchId/change',
  summary:
    'Changes what a branch is called, where it is or how it is reached, from a day on; what was is kept with its days.',
  permission: 'parties.change',
  input: z.object({
    branchId: id,
    rowVersion: z.number().int(),
    ...branchItems,
    effectiveOn: isoDate,
    change: changeReason,
  }),
  output: z.object({ id, rowVersion: z.number().int() }),
  refusals: branchRefusals,
})

export const closeBranch = command({
  name: 'parties.closeBranch',
  path: '/api/branches/:branchId/close',
  summary: 'Closes a branch from a day on; it stays in the history and is still found.',
  permission: 'parties.change',
  input: z.object({ branchId: id, rowVersion: z.number().int(), closedOn: isoDate, change: changeReason }),
  output: z.object({ id }),
  refusals: branchRefusals,
})

export const recordIdentifier = command({
  name: 'parties.recordIdentifier',
  path: '/api/parties/:partyId/codes/record',
  summary:
    'Records the code another house gives a company (TDB, TSR, LEI, EDINET, D-U-N-S, other); one in force of the same issuer ends the day before.',
  permission: 'parties.change',
  input: z.object({
    partyId: id,
    issuer: z.enum(identifierIssuers),
    issuerName: text(50).nullish(),
    value: text(40),
    validFrom: historicDay.nullish(),
  }),
  output: z.object({ id }),
  refusals: identifierRefusals,
})

export const endIdentifier = command({
  name: 'parties.endIdentifier',
  path: '/api/codes/:identifierId/end',
  summary: 'Says that a code is valid no longer, and on which day it was last; it is still found.',
  permission: 'parties.change',
  input: z.object({ identifierId: id, rowVersion: z.number().int(), endsOn: isoDate, change: changeReason }),
  output: z.object({ id }),
  refusals: identifierRefusals,
})
