/** A written word with its reading in full-width katakana. */
export type Word = { text: string; kana: string }

/** A word which also has an English form, for English company names. */
export type TradeWord = Word & { english: string }

/** Reads a list written as `文字:ヨミ 文字:ヨミ …`; a word without reading reads as itself (katakana). */
export function words(list: string): Word[] {
  return list
    .trim()
    .split(/\s+/)
    .map(entry => {
      const [text = '', kana = text] = entry.split(':')
      return { text, kana }
    })
}

/** Reads a list written as `文字:ヨミ:English …`; `_` in the English form stands for a space. */
export function tradeWords(list: string): TradeWord[] {
  return list
    .trim()
    .split(/\s+/)
    .map(entry => {
      const [text = '', kana = '', english = ''] = entry.split(':')
      return { text, kana, english: english.replaceAll('_', ' ') }
    })
}
