import type { Reason } from '../../platform/commands/refusal.ts'
import { foldedText } from '../customization/index.ts'
import {
  foldOldForms,
  isKanaOnly,
  looksLikeMyNumber,
  normalizeCompanyName,
  parsePhone,
  parsePostalCode,
  toKatakana,
} from '../names/index.ts'
import type { IdentifierIssuer } from './tables.ts'

export interface TypedBranch {
  name: string
  nameKana?: string | null | undefined
  postalCode?: string | null | undefined
  address?: string | null | undefined
  phone?: string | null | undefined
}

/** A branch as it is stored, and every reason against it. A name with a legal form in it is another company, not a branch. */
export function storedBranch(typed: TypedBranch) {
  const reasons: Reason[] = []
  const phone = typed.phone ? parsePhone(typed.phone) : null
  if (phone && phone.issues.length > 0)
    reasons.push({ code: 'phone_must_be_valid', field: 'phone', message: phone.issues[0]!.message })
  const postalCode = typed.postalCode ? parsePostalCode(typed.postalCode).value : null
  if (typed.postalCode && !postalCode)
    reasons.push({ code: 'postal_code_must_be_valid', field: 'postalCode' })
  const kana = typed.nameKana ? toKatakana(typed.nameKana).trim() : null
  if (kana && !isKanaOnly(kana.replace(/[\s・ー－A-Za-z0-9&.]/g, '')))
    reasons.push({ code: 'kana_must_be_katakana', field: 'nameKana' })
  if (normalizeCompanyName(typed.name).form !== null)
    reasons.push({ code: 'branch_must_not_be_a_company', field: 'name' })
  for (const field of ['name', 'address'] as const)
    if (typed[field] && looksLikeMyNumber(typed[field]))
      reasons.push({ code: 'my_number_must_not_be_stored', field })
  return {
    values: {
      name: typed.name.normalize('NFC'),
      name_kana: kana,
      postal_code: postalCode,
      address: typed.address ?? null,
      phone: phone?.national ?? null,
      phone_display: phone?.display ?? null,
    },
    reasons,
  }
}

/** Two spellings of one branch's name: width and spaces do not count. */
export function sameBranch(a: string, b: string): boolean {
  const plain = (text: string) => text.normalize('NFKC').replace(/\s/g, '')
  return plain(a) === plain(b)
}

const shapes: Readonly<Record<IdentifierIssuer, RegExp>> = {
  tdb: /^\d{9}$/,
  tsr: /^\d{9}$/,
  lei: /^[0-9A-Z]{18}\d{2}$/,
  edinet: /^E\d{5}$/,
  duns: /^\d{9}$/,
  other: /^.{1,40}$/u,
}

/** A code as it is stored, or null when it has not the shape its issuer gives (JR §1.6): width, hyphens and spaces do not count. */
export function storedCode(issuer: IdentifierIssuer, typed: string): string | null {
  const plain = typed.normalize('NFKC').trim()
  const code = issuer === 'other' ? plain : plain.toUpperCase().replace(/[\s-]/g, '')
  if (!shapes[issuer].test(code)) return null
  return issuer === 'lei' && !leiHolds(code) ? null : code
}

/** ISO 17442: the digits of an LEI, letters counted from A = 10, leave 1 when divided by 97. */
function leiHolds(code: string): boolean {
  let rest = 0
  for (const digit of [...code].map(letter => Number.parseInt(letter, 36).toString()).join(''))
    rest = (rest * 10 + Number(digit)) % 97
  return rest === 1
}

/**
 * What a branch is found by: the company's name with the branch's behind it, so that it never stands for another company's branch; the
 * branch's name as it is written and as names are searched (which leaves out 支店 and the like), where the two differ.
 */
export function branchKeys(companyName: string, branchName: string): string[] {
  const company = normalizeCompanyName(companyName).foldedCore
  const names = [branchText(branchName), normalizeCompanyName(branchName).foldedCore]
  return [...new Set(names.filter(name => name !== ''))].map(name => `${company}${name}`)
}

/** A text as branches are kept to be found by it: width, letter case, spaces and old characters folded. */
export function branchText(text: string): string {
  return foldedText(foldOldForms(text))
}
