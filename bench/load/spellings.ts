import { readFileSync } from 'node:fs'
import { normalizeCompanyName } from '../../src/business/names/index.ts'
import { bankKana, fullWidth, halfWidthKana, hiragana } from '../generate/kana.ts'

export interface Spelled {
  legalName: string
  /** Reading without the legal form. */
  legalNameKana: string
  legalNameEn: string | null
  corporateNumber: string | null
  /** Digits only. */
  phone: string | null
  formerNames: readonly { name: string; kana: string | null }[]
}

export interface Spelling {
  way: string
  text: string
  /** Only a part of a name is typed: others may hold it too. */
  part: boolean
}

const SHORT: Record<string, string> = {
  株式会社: '株',
  有限会社: '有',
  合同会社: '同',
  合資会社: '資',
  合名会社: '名',
}

/** One company under every spelling people use for it. */
export function spellingsOf(company: Spelled): Spelling[] {
  const { legalName, legalNameKana: kana, legalNameEn: english, corporateNumber: number, phone } = company
  const form = Object.keys(SHORT).find(word => legalName.startsWith(word) || legalName.endsWith(word))
  const bare = form ? legalName.replace(form, '') : legalName
  const letters = [...normalizeCompanyName(legalName).name.replaceAll(' ', '')]
  const ways: [way: string, text: string | null, part?: boolean][] = [
    ['as registered', legalName],
    ['full width', fullWidth(legalName)],
    ['half width', legalName.normalize('NFKC')],
    ['old characters', withOldCharacters(legalName)],
    ['without form', form ? bare : null],
    ['form at the other end', form ? (legalName.startsWith(form) ? bare + form : form + bare) : null],
    ['form in brackets', form ? legalName.replace(form, `(${SHORT[form]})`) : null],
    ['form in wide brackets', form ? legalName.replace(form, `（${SHORT[form]}）`) : null],
    [
      'form in one sign',
      form === '株式会社' || form === '有限会社'
        ? legalName.replace(form, form === '株式会社' ? '㈱' : '㈲')
        : null,
    ],
    ['form with space', form ? legalName.replace(form, ` ${form} `).trim() : null],
    ['reading', kana || null],
    ['reading in hiragana', kana ? hiragana(kana) : null],
    ['reading in half width', kana ? halfWidthKana(kana) : null],
    ['reading with form', kana && form === '株式会社' ? `カブシキガイシャ${kana}` : null],
    ['reading of a bank', kana && form === '株式会社' ? `ｶ)${bankKana(kana)}` : null],
    ['beginning of the reading', kana.length > 5 ? kana.slice(0, 5) : null, true],
    ['English', english],
    ['English in small letters', english?.toLowerCase() ?? null],
    ['first letters', letters.length > 4 ? letters.slice(0, 4).join('') : null, true],
    ['letters inside', letters.length > 5 ? letters.slice(1, 5).join('') : null, true],
    ['last letters', letters.length > 4 ? letters.slice(-4).join('') : null, true],
    ['number', number],
    ['number with T', number && `T${number}`],
    [
      'number with hyphens',
      number && `${number.slice(0, 1)}-${number.slice(1, 5)}-${number.slice(5, 9)}-${number.slice(9)}`,
    ],
    ['number in full width', number && fullWidth(`T${number}`)],
    [
      'number with spaces',
      number && `${number.slice(0, 1)} ${number.slice(1, 5)} ${number.slice(5, 9)} ${number.slice(9)}`,
    ],
    ['phone', phone],
    ['phone with hyphens', phone && hyphens(phone)],
    ['phone with brackets', phone && hyphens(phone).replace('-', '(').replace('-', ')')],
    ['phone in full width', phone && fullWidth(hyphens(phone))],
    ['phone from abroad', phone && `+81 ${hyphens(phone).slice(1)}`],
    ['phone without area code', phone && hyphens(phone).slice(hyphens(phone).indexOf('-') + 1), true],
    ...company.formerNames.flatMap((former): [string, string | null, boolean?][] => [
      ['old name', former.name],
      ['old name without form', former.name.replace(/株式会社|有限会社|合同会社/, '')],
      ['old reading', former.kana],
    ]),
  ]
  return ways.flatMap(([way, text, part = false]) => (text ? [{ way, text, part }] : []))
}

function hyphens(phone: string): string {
  return phone.length === 11
    ? `${phone.slice(0, 3)}-${phone.slice(3, 7)}-${phone.slice(7)}`
    : `${phone.slice(0, 2)}-${phone.slice(2, 6)}-${phone.slice(6)}`
}

/** Today's characters → the old print of the official table, where there is one. */
const oldOf = new Map(
  readFileSync(new URL('../../src/business/names/data/joyo-variants.txt', import.meta.url), 'utf8')
    .split('\n')
    .flatMap(line => {
      const [now, relation, old] = line.split(',')
      return relation === 'joyo/variant' && now && old ? [[now, old] as const] : []
    }),
)

function withOldCharacters(name: string): string | null {
  const old = name.replace(/株式会社|有限会社|合同会社|\p{Script=Han}/gu, part => oldOf.get(part) ?? part)
  return old === name ? null : old
}
