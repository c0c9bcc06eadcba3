import type { Reason } from '../../platform/commands/refusal.ts'
import { addMonths } from '../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import {
  accountTypeDigit,
  convertYucho,
  findBank,
  findBranch,
  YUCHO_BANK_CODE,
} from '../bankformats/index.ts'
import { normalizeAccountHolder, normalizeReading } from '../names/index.ts'
import type { HolderMatch } from './tables.ts'

export interface TypedAccount {
  bankCode: string
  branchCode?: string | null | undefined
  accountType: '1' | '2' | '4' | '9'
  accountNo?: string | null | undefined
  yuchoSymbol?: string | null | undefined
  yuchoNumber?: string | null | undefined
  holderKana: string
}

export interface StoredAccount {
  bankCode: string
  bankName: string
  branchCode: string
  branchName: string
  accountType: '1' | '2' | '4' | '9'
  accountNo: string
  holderKana: string
}

const HOLDER_BYTES = 30

/** A typed account as the bank writes it, or every rule it breaks (DD group 6; JR §2.1, §2.7, §2.8). */
export function storedAccount(typed: TypedAccount): { account: StoredAccount | null; reasons: Reason[] } {
  const reasons: Reason[] = []
  const place = placeOf(typed, reasons)
  const holder = normalizeAccountHolder(typed.holderKana, { field: 'party', maxBytes: HOLDER_BYTES })
  if (holder.value === null)
    reasons.push(withMessage('holder_kana_must_fit_the_bank', 'holderKana', holder.issues[0]?.message))
  if (!place || holder.value === null) return { account: null, reasons }
  const bank = findBank(place.bankCode)
  const branch = findBranch(place.bankCode, place.branchCode)
  if (!bank || !branch) {
    reasons.push({ code: 'bank_must_exist', field: bank ? 'branchCode' : 'bankCode' })
    return { account: null, reasons }
  }
  return {
    account: { ...place, bankName: bank.name, branchName: branch.name, holderKana: holder.value },
    reasons,
  }
}

type Place = Pick<StoredAccount, 'bankCode' | 'branchCode' | 'accountType' | 'accountNo'>

function placeOf(typed: TypedAccount, reasons: Reason[]): Place | null {
  if (typed.bankCode === YUCHO_BANK_CODE && typed.yuchoSymbol && typed.yuchoNumber) {
    const converted = convertYucho(typed.yuchoSymbol, typed.yuchoNumber)
    if (!converted.ok) {
      reasons.push(withMessage('yucho_number_must_be_valid', 'yuchoNumber', converted.problems[0]?.message))
      return null
    }
    const { branchCode, accountNo, accountType } = converted.value
    return {
      bankCode: YUCHO_BANK_CODE,
      branchCode,
      accountNo,
      accountType: accountTypeDigit(accountType) as Place['accountType'],
    }
  }
  if (!typed.branchCode) reasons.push({ code: 'bank_must_exist', field: 'branchCode' })
  if (!typed.accountNo) reasons.push({ code: 'account_number_must_be_valid', field: 'accountNo' })
  if (!typed.branchCode || !typed.accountNo) return null
  return {
    bankCode: typed.bankCode,
    branchCode: typed.branchCode,
    accountType: typed.accountType,
    accountNo: typed.accountNo.padStart(7, '0'),
  }
}

/** Whether the holder on the account is the party: exactly, after normalising, or not (DD group 6, holder_match). */
export function matchHolder(holderKana: string, partyKana: string | null, partyName: string): HolderMatch {
  const party = partyKana ?? (/^[\p{Script=Katakana}ー・\s]+$/u.test(partyName) ? partyName : null)
  if (party === null) return 'unknown'
  const expected = normalizeAccountHolder(party)
  const [holder, own] = [normalizeReading(holderKana), normalizeReading(party)]
  if (expected.value !== null && withoutForm(holderKana) === withoutForm(expected.value)) return 'equal'
  if (holder.key === own.key || holder.looseKey === own.looseKey) return 'equal_normalised'
  // A bank cuts long names; the cut one is the beginning of the whole (matching.md §4).
  const longEnough = holder.looseKey.length >= 8 && own.looseKey.startsWith(holder.looseKey)
  return longEnough ? 'equal_normalised' : 'different'
}

function withoutForm(bankKana: string): string {
  return bankKana
    .replace(/^[ｱ-ﾝﾞﾟ]{1,4}\)/u, '')
    .replace(/\([ｱ-ﾝﾞﾟ]{1,4}\)?$/u, '')
    .replaceAll(' ', '')
}

function withMessage(code: string, field: string, message: string | undefined): Reason {
  return message ? { code, field, message } : { code, field }
}

/** The first day on which another company may have the number of a virtual account (JR §8: never reused within 24 months). */
export function reusableFrom(releasedOn: IsoDate, restMonths: number): IsoDate {
  return addMonths(releasedOn, restMonths)
}

export interface PayableFacts {
  usage: string
  verificationResult: string
  coolingUntil: string | null
  blocked: boolean
  validTo: string | null
  /** Changed, and nobody has confirmed it yet at a known number. */
  callbackMissing: boolean
}

interface PayableRule {
  code: string
  /** The rule as an English sentence, with its source. */
  sentence: string
  holds(facts: PayableFacts, now: Date): boolean
}

/** What must hold before a yen is paid to an account (DD group 6; FF §3, payment_out checked→approved). */
export const payableRules: readonly PayableRule[] = [
  {
    code: 'account_must_be_in_force',
    sentence: 'Money goes only to an account in force (DD group 6, valid_to).',
    holds: facts => facts.validTo === null && facts.usage === 'payout',
  },
  {
    code: 'account_must_not_be_blocked',
    sentence: 'A blocked account is not paid to (DD group 12: block at once).',
    holds: facts => !facts.blocked,
  },
  {
    code: 'account_must_be_verified',
    sentence:
      'A payout needs an account verified with a confirmed result by two people (DD group 6, verification).',
    holds: facts => facts.verificationResult === 'confirmed',
  },
  {
    code: 'account_must_be_called_back',
    sentence:
      'A changed payout account is confirmed by a call to a number registered before it (DD group 6, call-back on the known number).',
    holds: facts => !facts.callbackMissing,
  },
  {
    code: 'account_must_have_cooled_off',
    sentence: 'A changed payout account waits 24 hours before its first payment (DD group 6, cooling_until).',
    holds: (facts, now) => facts.coolingUntil === null || facts.coolingUntil <= now.toISOString(),
  },
]

/** Every rule which forbids paying to the account; empty when it may be paid to. */
export function hindrancesToPay(facts: PayableFacts, now: Date): Reason[] {
  return payableRules.filter(rule => !rule.holds(facts, now)).map(rule => ({ code: rule.code }))
}
