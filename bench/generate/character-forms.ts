import type { Random } from './random.ts'

/** Today's form followed by the older and variant forms one meets in registers, passports and customers' files. */
const FAMILIES =
  '高髙 崎﨑嵜 辺邊邉 斎齋斉齊 沢澤 浜濱濵 島嶋嶌 広廣 国國 桜櫻 竜龍 滝瀧 栄榮 恵惠 徳德 吉𠮷 柳栁 真眞 関關 ' +
  '鉄鐵 学學 豊豐 富冨 会會 横橫 黒黑 総總 万萬 与與 宝寶寳 寿壽 実實 亀龜 蔵藏 塩鹽 渋澁 条條 静靜 松枩 ' +
  '峰峯 桧檜 薮藪 飲飮 竹竺 館舘 鎌鐮 来來 礼禮 応應 鶴靏 秋穐 草艸 円圓 検檢 医醫 団團 弥彌 尾𡱝'

const older = new Map<string, readonly string[]>()
const newer = new Map<string, string>()
for (const family of FAMILIES.split(' ')) {
  const [today = '', ...variants] = [...family]
  older.set(today, variants)
  for (const variant of variants) newer.set(variant, today)
}

/** Writes one character of the text in an older form, or an older one in today's; null when the text has none. */
export function otherCharacterForm(text: string, random: Random): string | null {
  const characters = [...text]
  const places = characters.flatMap((character, at) => {
    const inLegalForm = character === '会' && characters[at + 1] === '社'
    return !inLegalForm && (older.has(character) || newer.has(character)) ? [at] : []
  })
  if (places.length === 0) return null
  const at = random.pick(places)
  const character = characters[at]!
  characters[at] = newer.get(character) ?? random.pickRanked(older.get(character)!, 3)
  return characters.join('')
}

/** Characters which look alike and are mistaken for each other when typing or reading. */
const LOOKALIKES = new Map<string, string>([
  ['大', '太'],
  ['太', '大'],
  ['末', '未'],
  ['未', '末'],
  ['ソ', 'ン'],
  ['ン', 'ソ'],
  ['シ', 'ツ'],
  ['ツ', 'シ'],
  ['ロ', '口'],
  ['カ', '力'],
  ['ニ', '二'],
  ['ー', '一'],
  ['己', '已'],
  ['土', '士'],
  ['士', '土'],
  ['栄', '営'],
  ['設', '接'],
  ['輸', '輪'],
  ['建', '健'],
  ['科', '料'],
  ['間', '問'],
  ['陽', '揚'],
  ['協', '脇'],
  ['製', '制'],
  ['機', '械'],
  ['興', '與'],
  ['東', '束'],
  ['田', '由'],
  ['木', '本'],
  ['井', '丼'],
  ['ベ', 'ペ'],
  ['バ', 'パ'],
  ['和', '知'],
  ['光', '米'],
  ['日', '目'],
  ['第', '弟'],
  ['環', '還'],
  ['鉱', '鋼'],
  ['務', '努'],
  ['電', '雷'],
])

/** One slip of a typist: a likeness, a dropped, doubled or swapped character. Texts of fewer than 3 characters stay. */
export function typingSlip(text: string, random: Random): string {
  const characters = [...text]
  if (characters.length < 3) return text
  const alike = characters.flatMap((character, at) => (LOOKALIKES.has(character) ? [at] : []))
  if (alike.length > 0 && random.chance(0.6)) {
    const at = random.pick(alike)
    characters[at] = LOOKALIKES.get(characters[at]!)!
    return characters.join('')
  }
  const at = random.whole(1, characters.length - 2)
  const kind = random.whole(0, 2)
  if (kind === 0) characters.splice(at, 1)
  if (kind === 1) characters.splice(at, 0, characters[at]!)
  if (kind === 2) characters.splice(at, 2, characters[at + 1]!, characters[at]!)
  return characters.join('')
}

/** One slip in a number: a digit changed or two neighbours swapped; never the same number again. */
export function digitSlip(number: string, random: Random): string {
  for (let attempt = 0; attempt < 8; attempt++) {
    const at = random.whole(1, number.length - 2)
    const slipped = random.chance(0.5)
      ? number.slice(0, at) + String((Number(number[at]) + random.whole(1, 9)) % 10) + number.slice(at + 1)
      : number.slice(0, at) + number[at + 1]! + number[at]! + number.slice(at + 2)
    if (slipped !== number) return slipped
  }
  return number.slice(0, -1) + String((Number(number.at(-1)) + 1) % 10)
}
