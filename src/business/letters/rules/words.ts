/** What a letter may fill in, and what it stands for; written in the words as {宛名}. */
export const placeholders = {
  宛名: '送る会社の名称',
  担当者名: '相手の担当者の氏名（送るときに選びます）',
  会社名: '自社の商号',
  日付: '送る日',
  作成者: '送る人の氏名',
  債権一覧: '債権ごとの請求書番号・支払期日・未回収額（送るときに選びます）',
  未回収合計: '選んだ債権の未回収額の合計',
  支払期日: '選んだ債権のうち最も早い支払期日',
} as const
export type Placeholder = keyof typeof placeholders

const CLAIM_WORDS: readonly Placeholder[] = ['債権一覧', '未回収合計', '支払期日']

/** Everything between braces. */
export function placeholdersIn(words: string): string[] {
  return [...new Set([...words.matchAll(/\{([^{}]*)\}/g)].map(found => found[1]!))]
}

/** Those nothing stands for: they would go out as they are written. */
export function unknownPlaceholders(words: string): string[] {
  return placeholdersIn(words).filter(name => !Object.hasOwn(placeholders, name))
}

export interface LetterFacts {
  partyName: string
  personName: string | null
  companyName: string
  /** Local date. */
  today: string
  senderName: string
  /** Open claims that are named, oldest due first; yen. */
  claims: readonly { invoiceNo: string; dueOn: string; openYen: number }[]
}

/** What the words ask for and nobody has chosen. */
export function missingFor(words: string, facts: LetterFacts): ('person' | 'claims')[] {
  const used = placeholdersIn(words)
  return [
    ...(used.includes('担当者名') && facts.personName === null ? (['person'] as const) : []),
    ...(CLAIM_WORDS.some(name => used.includes(name)) && facts.claims.length === 0
      ? (['claims'] as const)
      : []),
  ]
}

const day = (date: string) => {
  const [year, month, of] = date.split('-').map(Number)
  return `${year}年${month}月${of}日`
}
const yen = (value: number) => `${value.toLocaleString('ja-JP')}円`

/** The words with everything filled in. */
export function fill(words: string, facts: LetterFacts): string {
  const total = facts.claims.reduce((sum, claim) => sum + claim.openYen, 0)
  const earliest = facts.claims.map(claim => claim.dueOn).sort()[0]
  const values: Record<Placeholder, string> = {
    宛名: facts.partyName,
    担当者名: facts.personName ?? '',
    会社名: facts.companyName,
    日付: day(facts.today),
    作成者: facts.senderName,
    債権一覧: facts.claims
      .map(claim => `請求書 ${claim.invoiceNo}　支払期日 ${day(claim.dueOn)}　${yen(claim.openYen)}`)
      .join('\n'),
    未回収合計: yen(total),
    支払期日: earliest ? day(earliest) : '',
  }
  return words.replace(/\{([^{}]*)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? values[name as Placeholder] : whole,
  )
}
