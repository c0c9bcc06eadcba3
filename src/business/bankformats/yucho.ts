import { type Checked, type FormatProblem, problem } from './problem.ts'

/** ゆうちょ銀行. */
export const YUCHO_BANK_CODE = '9900'

/** A Yucho account as other banks address it. */
export interface YuchoAccount {
  bankCode: typeof YUCHO_BANK_CODE
  /** Three digits: 018, 199. */
  branchCode: string
  accountType: 'ordinary' | 'current'
  /** Seven digits. */
  accountNo: string
}

/**
 * Converts 記号 and 番号 of ゆうちょ銀行 to bank, branch, type and account. A digit printed after the 記号 (`01940-1`) is dropped.
 * Doubtful cases are refused; the bank's own conversion page decides them. Source: JR §2.8.
 */
export function convertYucho(symbol: string, number: string): Checked<YuchoAccount> {
  const cleanSymbol = plainDigits(symbol).replace(/-\d$/, '')
  const cleanNumber = plainDigits(number).replaceAll('-', '')
  if (!/^[01]\d{3}0$/.test(cleanSymbol)) return refuse(symbolProblem(symbol))
  if (!/^\d+$/.test(cleanNumber) || Number(cleanNumber) === 0)
    return refuse(
      numberProblem(
        'yucho_number_must_be_digits',
        `番号「${number}」が数字ではありません。`,
        '通帳の番号を数字で入力してください。',
      ),
    )
  const branchStart = cleanSymbol.slice(1, 3)
  return cleanSymbol.startsWith('1')
    ? savingsAccount(branchStart, cleanNumber)
    : transferAccount(branchStart, cleanNumber)
}

/** 総合口座: the last digit of the number is always 1 and is no part of the account. */
function savingsAccount(branchStart: string, number: string): Checked<YuchoAccount> {
  if (number.length > 8)
    return refuse(
      numberProblem(
        'yucho_number_must_fit',
        '番号が8桁を超えています。',
        '番号は8桁以内です。通帳を確認してください。',
      ),
    )
  if (!number.endsWith('1'))
    return refuse(
      numberProblem(
        'yucho_number_must_end_in_1',
        '総合口座の番号の末尾が1ではありません。',
        '番号を末尾の1まで入力してください。',
      ),
    )
  return account(`${branchStart}8`, 'ordinary', number.slice(0, -1))
}

/** 振替口座. */
function transferAccount(branchStart: string, number: string): Checked<YuchoAccount> {
  if (number.length > 6)
    return refuse(
      numberProblem(
        'yucho_number_must_fit',
        '番号が6桁を超えています。',
        '振替口座の番号は6桁以内です。記号と番号を確認してください。',
      ),
    )
  return account(`${branchStart}9`, 'current', number)
}

function account(
  branchCode: string,
  accountType: YuchoAccount['accountType'],
  digits: string,
): Checked<YuchoAccount> {
  return {
    ok: true,
    value: { bankCode: YUCHO_BANK_CODE, branchCode, accountType, accountNo: digits.padStart(7, '0') },
  }
}

function plainDigits(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/\s/gu, '')
    .replace(/[‐‑–—―−ー]/gu, '-')
}

function symbolProblem(symbol: string): FormatProblem {
  return problem(
    {},
    '記号',
    'yucho_symbol_must_be_5_digits',
    `記号「${symbol}」は、1または0で始まり0で終わる5桁ではありません。`,
    '通帳1ページ目の記号（例 10170、00530）を入力してください。',
  )
}

function numberProblem(code: string, message: string, remedy: string): FormatProblem {
  return problem({}, '番号', code, message, remedy)
}

function refuse(found: FormatProblem): Checked<YuchoAccount> {
  return { ok: false, problems: [found] }
}
