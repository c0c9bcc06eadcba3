/** Japanese telephone numbers and postal codes as typed. Safe in the browser. Source: JR §1.6, §7.6. */
import { errorIssue, type InputIssue, warningIssue } from './issues.ts'
import { compatible, plainDashes } from './kana.ts'

export type PhoneKind = 'fixed' | 'mobile' | 'ip' | 'toll_free' | 'navi'

export type PhoneResult = {
  typed: string
  kind: PhoneKind | null
  /** +81…, or null when the number cannot be dialled from abroad or is invalid. */
  e164: string | null
  /** Digits with the leading 0, or null when invalid; the key for comparison. */
  national: string | null
  /** With hyphens, as printed on a letter. */
  display: string | null
  issues: InputIssue[]
}

/** Reads a typed phone number; +81, brackets, spaces and any dash are understood. Never throws. */
export function parsePhone(typed: string): PhoneResult {
  const { first, more } = firstNumber(typed)
  const groups = typedGroups(first)
  const national = groups.join('')
  const kind = kindOf(national)
  if (kind === null) {
    const message =
      '電話番号の桁数または局番が正しくありません。固定10桁、携帯・IP電話11桁、0120など10桁で入力してください。'
    const issues = [errorIssue('phone_must_be_a_japanese_number', message, 'JR §7.6')]
    return { typed, kind: null, e164: null, national: null, display: null, issues }
  }
  const abroad = kind !== 'toll_free' && kind !== 'navi'
  const display = displayOf(national, kind, groups)
  const message = `電話番号は1件だけ入力してください（先頭の ${display} を読みました）。`
  const issues = more ? [warningIssue('phone_should_be_one_number', message, 'JR §7.6')] : []
  return { typed, kind, e164: abroad ? `+81${national.slice(1)}` : null, national, display, issues }
}

const LABEL = /^(?:tel|phone|電話番号|電話|代表|直通|携帯|本社|[☎☏📞])[\s:.)]*/iu
const SWITCHBOARD = /\s*\((?:代|代表|直通|直|呼|携帯|本社)\)\s*$|\s*(?:代表|直通)$/

/** The first of several numbers (03-1234-5678 / 090-…), without labels, 代表 and 内線; `more` when something was left. */
function firstNumber(typed: string): { first: string; more: boolean } {
  if (/^[\d-]+$/.test(typed)) return { first: typed, more: false }
  const text = plainDashes(compatible(typed)).trim()
  const bare = text.replace(LABEL, '').replace(SWITCHBOARD, '').trim()
  const rest = /[/,、;・~〜\n]|(?:^|\s*)(?:内線|ext|fax|ファックス|携帯|or\s|又は|または)/iu.exec(bare)
  const first = rest === null ? bare : bare.slice(0, rest.index).trim()
  return rest === null || typedGroups(first).length === 0
    ? { first: bare, more: false }
    : { first, more: true }
}

/** Digits in the groups in which they were typed, country code replaced by 0. */
function typedGroups(typed: string): string[] {
  const local = typed
    .replace(/^(?:\+|00|010[\s-]?)81[\s-]*(?:\(0\)|0)?[\s-]*/, '0')
    .replace(/^81[\s-]+(?=[1-9])/, '0')
  if (/[^0-9\s\-().ー/]/.test(local)) return []
  return local.split(/[^0-9]+/).filter(group => group !== '')
}

function kindOf(national: string): PhoneKind | null {
  if (/^(?:0120\d{6}|0800\d{7})$/.test(national)) return 'toll_free'
  if (/^0570\d{6}$/.test(national)) return 'navi'
  if (/^0[6789]0[1-9]\d{7}$/.test(national)) return 'mobile'
  if (/^050[1-9]\d{7}$/.test(national)) return 'ip'
  if (/^0[1-9]\d{8}$/.test(national) && !/^0([1-9])0/.test(national)) return 'fixed'
  return null
}

/** First digits of numbers whose area code has five or three digits. General knowledge, used for hyphens only. */
const FIVE_DIGIT_AREAS =
  '01267 01372 01374 01377 01392 01397 01398 01456 01457 01466 01547 01558 01564 01586 01587 01632 01634 01635 01648 ' +
  '01654 01655 01656 01658 04992 04994 04996 04998 05769 05979 07468 08387 08388 08396 08477 08512 08514 09496 09802 ' +
  '09912 09913 09969'
const THREE_DIGIT_AREAS =
  '011 0177 0188 0196 0222 0227 0236 0245 0249 0252 0255 0257 0262 0272 0273 0286 0292 0298 0423 0424 0425 0426 0427 ' +
  '0429 0432 0433 0434 044 045 0462 0468 0473 0474 0477 0482 0484 0485 0486 0487 0488 0489 0492 052 0534 0535 0542 ' +
  '0546 0552 0559 0582 0583 0592 0593 0722 0723 0724 0726 0727 0728 0729 0734 075 0762 0764 0775 078 0792 0794 0822 ' +
  '0825 0828 0829 0832 0839 0849 0862 0864 0868 0878 0886 0888 0899 092 093 0958 0962 0963 0975 0988 0989 0992'
const FIVE = new Set(FIVE_DIGIT_AREAS.split(' '))
const THREE = new Set(THREE_DIGIT_AREAS.split(' '))

function displayOf(national: string, kind: PhoneKind, groups: string[]): string {
  if (kind === 'toll_free' || kind === 'navi') return hyphenate(national, 4, 3)
  if (kind === 'mobile' || kind === 'ip') return hyphenate(national, 3, 4)
  const wellGrouped =
    groups.length === 3 && groups[2]!.length === 4 && groups[0]!.length >= 2 && groups[0]!.length <= 5
  if (wellGrouped) return groups.join('-')
  return hyphenate(national, areaLength(national), 6 - areaLength(national))
}

function areaLength(national: string): number {
  if (/^0[36]/.test(national)) return 2
  if (FIVE.has(national.slice(0, 5))) return 5
  if (THREE.has(national.slice(0, 3)) || THREE.has(national.slice(0, 4))) return 3
  return 4
}

function hyphenate(digits: string, first: number, second: number): string {
  return `${digits.slice(0, first)}-${digits.slice(first, first + second)}-${digits.slice(first + second)}`
}

export type PostalCodeResult = {
  typed: string
  /** 7 digits or null. */
  value: string | null
  /** NNN-NNNN or null. */
  display: string | null
  issues: InputIssue[]
}

/** Reads a typed postal code; 〒, width and hyphens are ignored. */
export function parsePostalCode(typed: string): PostalCodeResult {
  const digits = plainDashes(compatible(typed)).replace(/[〒\s\-ー]/g, '')
  if (!/^[0-9]{7}$/.test(digits)) {
    const issues = [errorIssue('postal_code_must_have_7_digits', '郵便番号は7桁の数字です。', 'JR §1.6')]
    return { typed, value: null, display: null, issues }
  }
  return { typed, value: digits, display: `${digits.slice(0, 3)}-${digits.slice(3)}`, issues: [] }
}
