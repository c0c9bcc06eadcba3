/**
 * 法人番号, 適格請求書発行事業者登録番号 and マイナンバー: shape and check digit. A passed check says the number is well
 * formed, not that it exists. Source: JR §1.1, §1.2, §1.6.
 */
import { errorIssue, type InputIssue, warningIssue } from './issues.ts'
import { compatible, plainDashes } from './kana.ts'

export type CorporateNumberResult = {
  /** As typed. */
  typed: string
  /** 13 digits, or null when the input is no valid corporate number. */
  value: string | null
  /** 13 digits made from a typed 会社法人等番号 (12 digits); to be confirmed by a person. */
  suggestion: string | null
  issues: InputIssue[]
}

/** Check digit 1–9 of a 12-digit base number (会社法人等番号). Sum first, then the remainder. */
export function corporateCheckDigit(base: string): number {
  let sum = 0
  for (let n = 1; n <= 12; n++) sum += digitAt(base, 12 - n) * (n % 2 === 1 ? 1 : 2)
  return 9 - (sum % 9)
}

/** True for 13 digits whose first digit is the check digit of the other twelve. */
export function isCorporateNumber(text: string): boolean {
  return /^[1-9][0-9]{12}$/.test(text) && digitAt(text, 0) === corporateCheckDigit(text.slice(1))
}

/** Reads a typed 法人番号: width, spaces and hyphens are ignored. Never throws. */
export function parseCorporateNumber(typed: string): CorporateNumberResult {
  const digits = bare(typed)
  const result = (value: string | null, suggestion: string | null, issues: InputIssue[]) => ({
    typed,
    value,
    suggestion,
    issues,
  })
  if (/^[0-9]{12}$/.test(digits)) {
    const suggestion = `${corporateCheckDigit(digits)}${digits}`
    const issues = [
      errorIssue(
        'corporate_number_must_have_13_digits',
        `12桁は会社法人等番号とみられます。法人番号は ${suggestion} でよいか確認してください。`,
        'JR §1.1',
      ),
    ]
    if (looksLikeMyNumber(digits)) issues.push(myNumberIssue())
    return result(null, suggestion, issues)
  }
  if (!/^[1-9][0-9]{12}$/.test(digits)) {
    const message = '法人番号は0以外で始まる13桁の数字です。桁数と文字を確認してください。'
    return result(null, null, [errorIssue('corporate_number_must_have_13_digits', message, 'JR §1.1')])
  }
  if (!isCorporateNumber(digits)) {
    const message = '法人番号の検査用数字（先頭の1桁）が合いません。打ち間違いがないか確認してください。'
    return result(null, null, [errorIssue('corporate_number_check_digit_must_match', message, 'JR §1.1')])
  }
  return result(digits, null, [])
}

export type InvoiceRegNoResult = {
  typed: string
  /** T and 13 digits, or null. */
  value: string | null
  /** T added to 13 bare digits; to be confirmed by a person. */
  suggestion: string | null
  issues: InputIssue[]
}

/**
 * Reads a typed 登録番号 (T number). With `corporateNumber` the owner is a corporation: the digits must be that number and
 * must pass its check; without it a failed check is only a warning (sole proprietors have no public check rule).
 */
export function parseInvoiceRegNo(typed: string, corporateNumber: string | null = null): InvoiceRegNoResult {
  const text = bare(typed).toUpperCase()
  if (/^[0-9]{13}$/.test(text)) {
    const message = `先頭に T が要ります。T${text} でよいか確認してください。`
    const issues = [errorIssue('invoice_reg_no_must_start_with_t', message, 'JR §1.2')]
    return { typed, value: null, suggestion: `T${text}`, issues }
  }
  if (!/^T[0-9]{13}$/.test(text)) {
    const message = '登録番号は T と13桁の数字です。'
    const issues = [errorIssue('invoice_reg_no_must_be_t_and_13_digits', message, 'JR §1.2')]
    if (looksLikeMyNumber(text.replace(/^T/, ''))) issues.push(myNumberIssue())
    return { typed, value: null, suggestion: null, issues }
  }
  const digits = text.slice(1)
  if (corporateNumber !== null && digits !== corporateNumber) {
    const message = `法人の登録番号は T と法人番号（${corporateNumber}）です。`
    const issues = [errorIssue('invoice_reg_no_must_equal_corporate_number', message, 'JR §1.2')]
    return { typed, value: null, suggestion: `T${corporateNumber}`, issues }
  }
  const issues: InputIssue[] = []
  if (!isCorporateNumber(digits)) {
    const message = '法人番号としての検査用数字が合いません。個人事業者の番号でなければ打ち間違いです。'
    issues.push(warningIssue('invoice_reg_no_is_not_a_corporate_number', message, 'JR §1.2'))
  }
  return { typed, value: text, suggestion: null, issues }
}

/** True for 12 digits that pass the マイナンバー check. Such values are quarantined, never stored. */
export function looksLikeMyNumber(typed: string): boolean {
  const digits = bare(typed)
  if (!/^[0-9]{12}$/.test(digits)) return false
  let sum = 0
  for (let n = 1; n <= 11; n++) sum += digitAt(digits, 11 - n) * (n <= 6 ? n + 1 : n - 5)
  const remainder = sum % 11
  return digitAt(digits, 11) === (remainder <= 1 ? 0 : 11 - remainder)
}

function myNumberIssue(): InputIssue {
  const message = 'マイナンバー（個人番号）の可能性があります。保存できません。'
  return errorIssue('my_number_must_not_be_stored', message, 'JR §1.6')
}

function bare(typed: string): string {
  return plainDashes(compatible(typed)).replace(/[\s\-ー]/g, '')
}

function digitAt(text: string, index: number): number {
  return text.charCodeAt(index) - 48
}
