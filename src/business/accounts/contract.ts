import { z } from 'zod'
import { changeReason, command, dealYen, id, isoDate, query, yen } from '../../platform/http/contract.ts'
import { customInput, firstValueRefusals } from '../customization/contract.ts'
import { accountUsages, callbackNumbers, callbackResults, verificationMethods } from './tables.ts'

const digits = (length: number) =>
  z.string().regex(new RegExp(`^[0-9]{${length}}$`), `${length}桁の数字で入力してください。`)

export const accountRefusals = {
  bank_must_exist: '金融機関コード・支店コードが見つかりません。',
  account_number_must_be_valid: '口座番号は7桁以内の数字で入力してください。',
  yucho_number_must_be_valid: 'ゆうちょ銀行の記号・番号が正しくありません。',
  holder_kana_must_fit_the_bank: '口座名義カナに銀行で使えない文字があります。',
  account_must_be_new: 'この口座は既に登録されています。',
  account_must_be_in_force: 'この口座は既に使われていません。',
  account_must_not_be_blocked: 'この口座は使用停止です。',
  holder_must_match_party: '口座名義が顧客名と一致しません。承認者の確認が必要です。',
  evidence_must_be_attached: '口座の確認には裏付け資料（通帳の写し等）の添付が必要です。',
  test_must_be_answered_rightly: '小額入金テストの回答が送金額と一致していません。',
  test_must_be_waiting: '回答待ちの小額入金テストがありません。',
  account_must_be_verified: '支払先口座が確認済みではありません。',
  account_must_have_cooled_off: '口座変更後の待機期間が終わっていません。',
  account_must_be_called_back:
    '変更した口座の折り返し確認が済んでいません。登録済みの番号に電話し、口座タブで「折り返し確認」を記録してください。',
  callback_must_be_about_a_payout_account: '折り返し確認は、顧客の支払先口座に記録します。',
  callback_must_follow_the_change: '口座の登録から現在までの日時を入力してください。',
  callback_must_name_a_person: '本人の番号にかけたときは、話した相手を選んでください。',
  callback_needs_a_registered_number:
    'その番号は登録されていません。登録済みの別の番号を選ぶか、ほかの関係者を選んでください。',
  callback_number_must_be_older_than_the_account:
    'その番号は口座の変更の申請より後に登録されています。申請より前から登録されている番号にかけてください。',
  callback_must_be_by_another_person:
    '口座の変更を申請した人は「変更に間違いない」と記録できません。別の担当者が電話し、記録してください。',
  callback_person_must_be_older_than_the_account:
    'その人は口座の変更の申請より後に関係者として登録されています。申請より前からの関係者にかけてください。',
  person_must_belong_to_the_party: 'この顧客の関係者ではありません。',
  account_must_be_virtual: 'バーチャル口座だけが返却できます。',
  virtual_account_must_have_its_company:
    'バーチャル口座は、割り当てる会社の「口座」タブから登録してください。',
  virtual_account_must_be_free: 'この口座番号は別の会社に割り当てられています。',
  virtual_account_must_have_rested: 'この口座番号は別の会社から返却されたばかりです。',
  own_account_must_be_set_by_accounting: '自社口座を登録する権限がありません。',
  ...firstValueRefusals,
} as const

export const registerAccount = command({
  name: 'accounts.registerAccount',
  path: '/api/accounts/register',
  summary:
    'Registers an account. One that replaces a payout account in force waits for a second person and then cools off for 24 hours; a further account of the own company for the same use waits for a second person.',
  permission: 'accounts.register',
  critical: 'sometimes',
  input: z.object({
    /** Null: an account of the own company. */
    partyId: id.nullable(),
    usage: z.enum(accountUsages),
    bankCode: digits(4),
    branchCode: digits(3).nullish(),
    accountType: z.enum(['1', '2', '4', '9']).default('1'),
    accountNo: z
      .string()
      .regex(/^[0-9]{1,7}$/, '7桁以内の数字で入力してください。')
      .nullish(),
    yuchoSymbol: z.string().max(10).nullish(),
    yuchoNumber: z.string().max(10).nullish(),
    holderKana: z.string().trim().min(1).max(100),
    holderName: z.string().trim().min(1).max(150),
    custom: customInput.optional(),
    change: changeReason.optional(),
  }),
  output: z.object({ id, sharedWithOthers: z.boolean() }),
  refusals: accountRefusals,
})

export const verifyAccount = command({
  name: 'accounts.verifyAccount',
  path: '/api/accounts/:accountId/verify',
  summary:
    'States that an account is the party’s, with evidence; a second person confirms. Only a confirmed account is paid to.',
  permission: 'accounts.verify',
  critical: 'always',
  input: z.object({
    accountId: id,
    method: z.enum(verificationMethods),
    result: z.enum(['confirmed', 'failed', 'returned']),
    verifiedOn: isoDate,
    change: changeReason,
  }),
  output: z.object({ id }),
  refusals: accountRefusals,
})

export const blockAccount = command({
  name: 'accounts.blockAccount',
  path: '/api/accounts/:accountId/block',
  summary: 'Stops payments to an account at once.',
  permission: 'accounts.block',
  input: z.object({ accountId: id, reason: z.string().trim().min(5).max(500) }),
  output: z.object({ id }),
  refusals: accountRefusals,
})

export const sendDepositTest = command({
  name: 'accounts.sendDepositTest',
  path: '/api/accounts/:accountId/deposit-test',
  summary: 'Notes that a small sum was sent whose amount only the holder can tell.',
  permission: 'accounts.verify',
  input: z.object({ accountId: id, sentYen: yen.min(1).max(1000), sentOn: isoDate }),
  output: z.object({ id }),
  refusals: accountRefusals,
})

export const answerDepositTest = command({
  name: 'accounts.answerDepositTest',
  path: '/api/accounts/:accountId/deposit-test-answer',
  summary: 'Notes what the holder said had arrived.',
  permission: 'accounts.verify',
  input: z.object({ accountId: id, answeredYen: dealYen.min(0), answeredOn: isoDate }),
  output: z.object({ id, right: z.boolean() }),
  refusals: accountRefusals,
})

export const recordCallback = command({
  name: 'accounts.recordCallback',
  path: '/api/accounts/:accountId/callbacks/record',
  summary:
    'Records the call to a number that was registered before the account was asked for; a changed payout account is not paid to before somebody else than who asked for it finds it confirmed there, and stopped when it is denied.',
  permission: 'accounts.verify',
  input: z.object({
    accountId: id,
    personId: id.nullish(),
    numberOf: z.enum(callbackNumbers),
    calledAt: z.iso.datetime({ offset: true }),
    result: z.enum(callbackResults),
    note: z.string().trim().min(1).max(500).nullish(),
  }),
  output: z.object({ id, blocked: z.boolean() }),
  refusals: accountRefusals,
})

export const releaseVirtualAccount = command({
  name: 'accounts.releaseVirtualAccount',
  path: '/api/accounts/:accountId/release',
  summary: 'Gives a virtual account back; its number rests before another company may have it.',
  permission: 'accounts.register',
  input: z.object({ accountId: id, releasedOn: isoDate, reason: z.string().trim().min(5).max(500) }),
  output: z.object({ id, reusableFrom: z.string() }),
  refusals: accountRefusals,
})

const callback = z.object({
  id,
  calledAt: z.string(),
  calledBy: z.string(),
  person: z.object({ id, name: z.string() }).nullable(),
  numberOf: z.enum(callbackNumbers),
  numberLast: z.string(),
  result: z.enum(callbackResults),
  note: z.string().nullable(),
})

const account = z.object({
  id,
  usage: z.enum(accountUsages),
  bankCode: z.string(),
  bankName: z.string(),
  branchCode: z.string(),
  branchName: z.string(),
  accountType: z.string(),
  accountNoLast: z.string(),
  holderKana: z.string(),
  holderName: z.string(),
  holderMatch: z.enum(['equal', 'equal_normalised', 'different', 'unknown']),
  verification: z.enum(verificationMethods).nullable(),
  verificationResult: z.enum(['pending', 'confirmed', 'failed', 'returned']),
  verifiedOn: z.string().nullable(),
  coolingUntil: z.string().nullable(),
  blockReason: z.string().nullable(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
  depositTest: z
    .object({ sentOn: z.string(), answeredOn: z.string().nullable(), right: z.boolean().nullable() })
    .nullable(),
  verifiedBy: z.string().nullable(),
  approvedBy: z.string().nullable(),
  yuchoSymbol: z.string().nullable(),
  yuchoNumber: z.string().nullable(),
  /** Changed from another payout account: nothing is paid before a call to a known number confirmed it. */
  callbackRequired: z.boolean(),
  /** Newest first. */
  callbacks: z.array(callback),
  /** Of a virtual account: the company that pays in to it. */
  virtualOf: id.nullable(),
  releasedOn: z.string().nullable(),
  /** Other parties with the same account: a reason to look. */
  sharedWith: z.array(z.object({ partyId: id, legalName: z.string() })),
  /** The record of a merged company it was registered on; null for a company of one record. */
  recordNo: z.string().nullable(),
})
export type Account = z.infer<typeof account>

export const accountsOfParty = query({
  name: 'accounts.accountsOfParty',
  path: '/api/parties/:partyId/accounts',
  summary:
    'Accounts of a party, now and before, numbers masked; names other parties which use the same account.',
  permission: 'accounts.read',
  sight: 'list',
  input: z.object({ partyId: id }),
  output: z.object({ accounts: z.array(account) }),
})

export const ownAccounts = query({
  name: 'accounts.ownAccounts',
  path: '/api/own-accounts',
  summary: 'Accounts of the own company, numbers masked.',
  permission: 'accounts.read',
  sight: 'list',
  input: z.object({}),
  output: z.object({ accounts: z.array(account) }),
})

const virtualAccount = z.object({
  id,
  virtualOf: z.object({ partyId: id, partyNo: z.string(), legalName: z.string() }),
  bankName: z.string(),
  branchName: z.string(),
  accountNoLast: z.string(),
  validFrom: z.string(),
  releasedOn: z.string().nullable(),
  /** From when another company may have the number; null while it is in use. */
  reusableFrom: z.string().nullable(),
})
export type VirtualAccount = z.infer<typeof virtualAccount>

export const virtualAccounts = query({
  name: 'accounts.virtualAccounts',
  path: '/api/virtual-accounts',
  summary:
    'Virtual accounts by the company that pays in to them; those given back with the day they may be reused.',
  permission: 'accounts.read',
  sight: 'list',
  input: z.object({}),
  /** `more`: there are others, which the customers' account tabs show. */
  output: z.object({ rows: z.array(virtualAccount), more: z.boolean() }),
})

export const unmaskAccount = query({
  name: 'accounts.unmaskAccount',
  method: 'POST',
  path: '/api/accounts/:accountId/unmask',
  summary: 'The whole account number, for a stated reason which is recorded.',
  permission: 'parties.seeSensitive',
  sight: 'unmask',
  input: z.object({ accountId: id, reason: z.string().trim().min(5).max(500) }),
  output: z.object({ accountNo: z.string().nullable() }),
})

export const findBanks = query({
  name: 'accounts.findBanks',
  path: '/api/banks',
  summary: 'Banks by code, name or reading.',
  permission: 'signed-in',
  sight: null,
  input: z.object({ text: z.string().trim().min(1).max(30), bankCode: digits(4).optional() }),
  output: z.object({ rows: z.array(z.object({ code: z.string(), name: z.string(), kana: z.string() })) }),
})
