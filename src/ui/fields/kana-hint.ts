import type { FieldHint } from './field-description.ts'

const halfKana = /[\uff61-\uff9f]/
const hiragana = /[\u3041-\u3096]/g

/** Warns about the width of kana and offers the other spelling; null when the reading is as wanted or empty. */
export function kanaHint(text: string, wanted: 'full' | 'half'): FieldHint<string> | null {
  if (text === '') return null
  return wanted === 'full' ? fullHint(text) : halfHint(text)
}

function fullHint(text: string): FieldHint<string> | null {
  const value = toFullKana(text)
  if (value !== text) {
    const said = halfKana.test(text)
      ? '半角カナが混じっています'
      : hiragana.test(text)
        ? 'ひらがなが混じっています'
        : '英数字や空白の幅が揃っていません'
    hiragana.lastIndex = 0
    return { level: 'warning', sentence: said, suggestion: { shown: value, value } }
  }
  return /[^\u30a1-\u30fc\u3000Ａ-Ｚａ-ｚ０-９（）．・－＆]/.test(text)
    ? { level: 'warning', sentence: '全角カナで入力してください' }
    : null
}

function halfHint(text: string): FieldHint<string> | null {
  return /[^\uff61-\uff9f !-~]/.test(text)
    ? { level: 'warning', sentence: '半角カナで入力してください' }
    : null
}

/** Half-width kana, hiragana and ASCII in their full-width form. */
export function toFullKana(text: string): string {
  return text
    .normalize('NFKC')
    .replace(hiragana, letter => String.fromCharCode(letter.charCodeAt(0) + 0x60))
    .replace(/[!-~]/g, letter => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))
    .replace(/ /g, '\u3000')
}
