import { type FormatProblem, type ProblemPlace, problem } from './problem.ts'

/** Which characters a field of a bank file takes; one byte each. Source: JR §2.1. */
export type CharacterClass = 'bank_name' | 'party_name' | 'payroll_name' | 'edi'

const ALLOWED: Readonly<Record<CharacterClass, RegExp>> = {
  bank_name: /^[ｱ-ﾝﾞﾟA-Z0-9 -]$/,
  party_name: /^[ｱ-ﾝﾞﾟA-Z0-9 ().-]$/,
  payroll_name: /^[ｱ-ﾝﾞﾟ0-9 ]$/,
  edi: /^[ｦｱ-ﾝﾞﾟA-Z0-9 \\｢｣()./-]$/,
}

const LABEL: Readonly<Record<CharacterClass, string>> = {
  bank_name: '銀行名・支店名',
  party_name: '口座名義',
  payroll_name: '給与の受取人名',
  edi: 'EDI情報',
}

/** Length in bytes of half-width text: one per character, ﾞ and ﾟ counted. */
export function bankTextBytes(text: string): number {
  return Array.from(text).length
}

/**
 * What in `text` a field of that class does not take, character by character (column = byte from 1). Nothing is converted here;
 * the names slice turns a name into bank kana. Source: JR §2.1.
 */
export function checkBankText(
  text: string,
  kind: CharacterClass,
  field: string,
  place: ProblemPlace = {},
): FormatProblem[] {
  return Array.from(text).flatMap((character, index) => {
    if (ALLOWED[kind].test(character)) return []
    const message = `「${character}」（${index + 1}文字目）は${LABEL[kind]}に使えません。`
    return [
      problem(
        { column: index + 1, ...place },
        field,
        'character_must_be_allowed',
        message,
        remedyFor(character),
      ),
    ]
  })
}

function remedyFor(character: string): string {
  if (character === 'ｰ' || character === 'ー') return '長音は半角ハイフン「-」にしてください。'
  if (/^[ｧ-ｯ]$/.test(character)) return '小さいカナは大きいカナにしてください（ｮ→ﾖ）。'
  if (character === 'ｦ') return '「ｦ」は「ｵ」にしてください。'
  if (/^[a-z]$/.test(character)) return '英字は大文字にしてください。'
  if (character === '･') return '中点は空白または「.」にしてください。'
  if (/^[\p{Script=Han}]$/u.test(character)) return '漢字は使えません。カナで入力してください。'
  return '半角カナ、英大文字、数字と決められた記号だけにしてください。'
}
