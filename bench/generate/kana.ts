const FULL =
  'ァアィイゥウェエォオカキクケコサシスセソタチッツテトナニヌネノハヒフヘホマミムメモャヤュユョヨラリルレロワヲン'
const HALF = 'ｧｱｨｲｩｳｪｴｫｵｶｷｸｹｺｻｼｽｾｿﾀﾁｯﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓｬﾔｭﾕｮﾖﾗﾘﾙﾚﾛﾜｦﾝ'
const MARKED = 'ガギグゲゴザジズゼゾダヂヅデドバビブベボヴパピプペポ'
const UNMARKED = 'カキクケコサシスセソタチツテトハヒフヘホウハヒフヘホ'
const SMALL = 'ァィゥェォッャュョヮ'
const LARGE = 'アイウエオツヤユヨワ'

const half = new Map<string, string>()
for (let i = 0; i < FULL.length; i++) half.set(FULL[i]!, HALF[i]!)
for (let i = 0; i < MARKED.length; i++) {
  half.set(MARKED[i]!, half.get(UNMARKED[i]!)! + (i < 21 ? 'ﾞ' : 'ﾟ'))
}
half.set('ー', 'ｰ').set('・', '･').set('　', ' ').set('「', '｢').set('」', '｣')

const bank = new Map(half)
for (let i = 0; i < SMALL.length; i++) bank.set(SMALL[i]!, half.get(LARGE[i]!)!)
bank.set('ヲ', 'ｵ').set('ヰ', 'ｲ').set('ヱ', 'ｴ').set('ー', '-').set('・', ' ').set('ヮ', 'ﾜ')

/** Full-width katakana written half-width, as an old terminal does: ヴィクター → ｳﾞｨｸﾀｰ. Other characters stay. */
export function halfWidthKana(text: string): string {
  let out = ''
  for (const character of text) out += half.get(character) ?? character
  return out
}

/** Full-width katakana in the letters a bank accepts (JR §2.2): small kana large, ー as -, ヲ as ｵ, Latin upper-case. */
export function bankKana(text: string): string {
  let out = ''
  for (const character of text) out += bank.get(character) ?? character
  return out.normalize('NFC').toUpperCase().replace(/\s+/g, ' ').trim()
}

/** Cuts a bank name to a field without parting a kana from its mark; the length is in single bytes. */
export function cutBankKana(text: string, bytes: number): string {
  if (text.length <= bytes) return text
  const next = text[bytes]
  return text.slice(0, next === 'ﾞ' || next === 'ﾟ' ? bytes - 1 : bytes).trimEnd()
}

/** Katakana written as hiragana. */
export function hiragana(text: string): string {
  return text.replace(/[ァ-ヶ]/g, kana => String.fromCharCode(kana.charCodeAt(0) - 0x60))
}

/** ASCII letters, digits and signs written full-width. */
export function fullWidth(text: string): string {
  return text
    .replace(/[!-~]/g, sign => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
    .replaceAll(' ', '　')
}
