import { call } from '../../../platform/http/client.ts'
import type { FieldHint } from '../../../ui/index.ts'
import {
  LEGAL_FORMS,
  parseCorporateNumber,
  parseInvoiceRegNo,
  parsePhone,
  parsePostalCode,
} from '../../names/web.ts'
import { readAddress } from '../contract.ts'
import { isIndustryCode } from '../industries.ts'

type Hint = FieldHint<string> | null

/** What is being typed beside the field itself. */
export interface HintFacts {
  partyKind: string | null
  corporateNumber: string
  postalCode: string
  correspondencePostalCode: string
}

type Check = (text: string, facts: HintFacts, signal: AbortSignal) => Hint | Promise<Hint>

/**
 * What a form says under a field while somebody types: how it will be read, what does not fit, and the usual spelling as a proposal.
 * Nothing that was written is ever changed by itself (JR §1, §7).
 */
export const partyHints: Readonly<Record<string, Check>> = {
  legalName: (text, { partyKind }) => legalNameHint(text, partyKind),
  legalNameEn: latinHint,
  tradeName: widthHint,
  businessSummary: widthHint,
  corporateNumber: corporateNumberHint,
  invoiceRegNo: invoiceNumberHint,
  postalCode: (text, _facts, signal) => postalHint(text, signal),
  correspondencePostalCode: (text, _facts, signal) => postalHint(text, signal),
  address: (text, facts, signal) => addressHint(text, facts.postalCode, signal),
  correspondenceAddress: (text, facts, signal) => addressHint(text, facts.correspondencePostalCode, signal),
  phone: phoneHint,
  fax: phoneHint,
  website: websiteHint,
  emailDomain: domainHint,
  fiscalYearEnd: monthDayHint,
  industryCode: text =>
    text === '' || isIndustryCode(text) ? null : { level: 'warning', sentence: '産業分類にない番号です。' },
  securitiesCode: securitiesHint,
  moneyLenderRegNo: widthHint,
  listingMarket: widthHint,
}

const offer = (value: string) => ({ suggestion: { shown: value, value } })

/** Half-width kana and doubled or outer spaces, which no register writes. */
export function widthHint(text: string): Hint {
  const kana = text.replace(/[\uff61-\uff9f]+/g, part => part.normalize('NFKC'))
  const value = kana.replace(/[ \u3000]{2,}/g, '　').trim()
  if (value === text || text.trim() === '') return null
  return {
    level: 'warning',
    sentence: kana === text ? '余分な空白があります。' : '半角カナが混じっています。',
    ...offer(value),
  }
}

function legalNameHint(text: string, partyKind: string | null): Hint {
  const width = widthHint(text)
  if (width || text.trim() === '') return width
  const short = /[(（]([株有合資名同])[)）]|[㈱㈲]/.exec(text)
  if (short) {
    const value = text.replace(/[(（]株[)）]|㈱/, '株式会社').replace(/[(（]有[)）]|㈲/, '有限会社')
    const sentence = '登記では略さずに書きます。'
    return value === text ? { level: 'warning', sentence } : { level: 'warning', sentence, ...offer(value) }
  }
  const hasForm = LEGAL_FORMS.some(form => [form.label, ...form.words].some(word => text.includes(word)))
  if (partyKind === 'corporation' && !hasForm)
    return { level: 'info', sentence: '法人格（株式会社など）が見当たりません。登記を確認してください。' }
  return null
}

function latinHint(text: string): Hint {
  const value = text.normalize('NFKC').replace(/ {2,}/g, ' ').trim()
  if (value !== text && text.trim() !== '')
    return { level: 'warning', sentence: '全角の英数字または余分な空白があります。', ...offer(value) }
  return /[^\p{Script=Latin}\p{N}\p{P}\p{Z}\p{S}]/u.test(text)
    ? { level: 'warning', sentence: 'ローマ字で入力してください。' }
    : null
}

function corporateNumberHint(text: string): Hint {
  if (text.trim() === '') return null
  const { value, issues } = parseCorporateNumber(text)
  if (!value) return { level: 'warning', sentence: issues[0]?.message ?? '法人番号ではありません。' }
  const sentence = '検査用数字が合っています。'
  return value === text ? { level: 'ok', sentence } : { level: 'ok', sentence, ...offer(value) }
}

function invoiceNumberHint(text: string, { corporateNumber, partyKind }: HintFacts): Hint {
  const number = parseCorporateNumber(corporateNumber).value
  if (text.trim() === '')
    return number && partyKind === 'corporation'
      ? { level: 'info', sentence: '登録がある法人なら、次の番号になります。', ...offer(`T${number}`) }
      : null
  const { value, issues } = parseInvoiceRegNo(text)
  if (!value) return { level: 'warning', sentence: issues[0]?.message ?? '登録番号ではありません。' }
  if (number && partyKind === 'corporation' && value !== `T${number}`)
    return { level: 'warning', sentence: '「T＋法人番号」と一致しません。', ...offer(`T${number}`) }
  const sentence = '番号の形と検査用数字が合っています。'
  return value === text ? { level: 'ok', sentence } : { level: 'ok', sentence, ...offer(value) }
}

function phoneHint(text: string): Hint {
  if (text.trim() === '') return null
  const { display, kind, issues } = parsePhone(text)
  if (!display || !kind)
    return { level: 'warning', sentence: issues[0]?.message ?? '電話番号ではありません。' }
  const sentence = `${PHONE_KINDS[kind]}の番号です。`
  return display === text ? { level: 'ok', sentence } : { level: 'ok', sentence, ...offer(display) }
}

const PHONE_KINDS = {
  fixed: '固定電話',
  mobile: '携帯電話',
  ip: 'IP電話',
  toll_free: 'フリーダイヤル',
  navi: 'ナビダイヤル',
} as const

async function postalHint(text: string, signal: AbortSignal): Promise<Hint> {
  if (text.trim() === '') return null
  const { value } = parsePostalCode(text)
  if (!value) return { level: 'warning', sentence: '7桁の数字で入力してください。' }
  const { places } = await call(readAddress, { postalCode: value }, { signal })
  const first = places[0]
  if (!first) return { level: 'warning', sentence: 'この番号は郵便番号の表にありません。' }
  const shown = `${value.slice(0, 3)}-${value.slice(3)}`
  const more = places.length > 1 ? ` ほか${places.length - 1}か所` : ''
  const sentence = `${first.prefecture}${first.city}${first.town}${more}`
  return [shown, value].includes(text)
    ? { level: 'ok', sentence }
    : { level: 'ok', sentence, ...offer(shown) }
}

const AGREEMENT: Readonly<Record<string, string>> = {
  other_city: '郵便番号の市区町村と違います。',
  other_town: '郵便番号の町域と違います。',
  unknown_code: '郵便番号が表にありません。',
}

async function addressHint(text: string, postalCode: string, signal: AbortSignal): Promise<Hint> {
  const code = parsePostalCode(postalCode).value
  if (text.trim() === '') {
    if (!code) return null
    const { places } = await call(readAddress, { postalCode: code }, { signal })
    const first = places[0]
    return first
      ? {
          level: 'info',
          sentence: '郵便番号から住所の始まりを入れられます。',
          ...offer(`${first.prefecture}${first.city}${first.town}`),
        }
      : null
  }
  const { parts, sentences, agreement } = await call(
    readAddress,
    { address: text, ...(code ? { postalCode: code } : {}) },
    { signal },
  )
  const said = [...sentences, AGREEMENT[agreement ?? '']].filter(Boolean)
  const read = parts
    ? [parts.pref, parts.city, parts.town, parts.block, parts.building].filter(Boolean).join('｜')
    : ''
  const missing =
    parts && !text.normalize('NFKC').startsWith(parts.pref ?? ' ') && parts.pref && parts.cityKnown
  return {
    level: said.length > 0 ? 'warning' : 'ok',
    sentence: [...said, read && `読み取り：${read}`].filter(Boolean).join(' '),
    ...(missing ? offer(`${parts.pref}${text}`) : {}),
  }
}

function websiteHint(text: string): Hint {
  const value = text.normalize('NFKC').trim()
  if (value === '') return null
  if (!/^https?:\/\//i.test(value))
    return { level: 'warning', sentence: 'https:// から入力します。', ...offer(`https://${value}`) }
  return value === text ? null : { level: 'warning', sentence: '全角の文字があります。', ...offer(value) }
}

const FREE_MAIL =
  /^(?:gmail\.com|yahoo\.co\.jp|outlook\.(?:com|jp)|hotmail\.(?:com|co\.jp)|icloud\.com|live\.jp)$/

function domainHint(text: string): Hint {
  const value = text.normalize('NFKC').trim().toLowerCase().replace(/^.*@/, '')
  if (value === '') return null
  if (value !== text)
    return { level: 'warning', sentence: '@ より後ろを半角小文字で入力します。', ...offer(value) }
  return FREE_MAIL.test(value)
    ? { level: 'warning', sentence: 'だれでも取得できるメールです。会社のドメインを確認してください。' }
    : null
}

function monthDayHint(text: string): Hint {
  const typed = text.normalize('NFKC').trim()
  if (typed === '' || /^\d{2}-\d{2}$/.test(typed)) return null
  const found = /^(\d{1,2})(?:月(?:末日?)?|[-/.月](\d{1,2})日?)$/.exec(typed)
  const month = Number(found?.[1])
  const last = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  if (!found || !last) return { level: 'warning', sentence: '「03-31」の形で入力します。' }
  const day = found[2] ? Number(found[2]) : last
  const value = `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  return { level: 'info', sentence: '「03-31」の形で保存します。', ...offer(value) }
}

function securitiesHint(text: string): Hint {
  const value = text.normalize('NFKC').trim().toUpperCase()
  if (value === '') return null
  if (!/^\d[0-9A-Z]\d[0-9A-Z]$/.test(value))
    return { level: 'warning', sentence: '4桁の数字または英数字です。' }
  return value === text ? null : { level: 'warning', sentence: '半角大文字で入力します。', ...offer(value) }
}
