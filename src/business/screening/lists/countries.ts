/** Names which publishers use besides the usual English and Japanese ones. */
const OTHER_NAMES: Record<string, string> = {
  'korea, north': 'KP',
  "democratic people's republic of korea": 'KP',
  'north korea': 'KP',
  dprk: 'KP',
  北朝鮮: 'KP',
  朝鮮民主主義人民共和国: 'KP',
  'korea, south': 'KR',
  'republic of korea': 'KR',
  韓国: 'KR',
  大韓民国: 'KR',
  'congo, democratic republic of the': 'CD',
  'democratic republic of the congo': 'CD',
  コンゴ民主共和国: 'CD',
  'congo, republic of the': 'CG',
  congo: 'CG',
  コンゴ共和国: 'CG',
  burma: 'MM',
  myanmar: 'MM',
  'iran (islamic republic of)': 'IR',
  イラン: 'IR',
  'イラン・イスラム共和国': 'IR',
  'syrian arab republic': 'SY',
  シリア: 'SY',
  'russian federation': 'RU',
  ロシア: 'RU',
  ロシア連邦: 'RU',
  'united kingdom of great britain and northern ireland': 'GB',
  uk: 'GB',
  英国: 'GB',
  'united states of america': 'US',
  usa: 'US',
  米国: 'US',
  アメリカ: 'US',
  'united republic of tanzania': 'TZ',
  'viet nam': 'VN',
  turkey: 'TR',
  türkiye: 'TR',
  palestinian: 'PS',
  'state of palestine': 'PS',
  'west bank': 'PS',
  'region: gaza': 'PS',
  'region: west bank': 'PS',
  'region: north gaza': 'PS',
  'region: northern gaza': 'PS',
  'bahamas, the': 'BS',
  'the gambia': 'GM',
  'north macedonia, the republic of': 'MK',
  'cote d ivoire': 'CI',
  "cote d'ivoire": 'CI',
  'virgin islands, british': 'VG',
  'man, isle of': 'IM',
  'cabo verde': 'CV',
  'czech republic': 'CZ',
  macau: 'MO',
  'hong kong': 'HK',
  'china, hong kong special administrative region': 'HK',
  香港: 'HK',
  'region: russia': 'RU',
  'region: crimea': 'UA',
  laos: 'LA',
  中国: 'CN',
  中華人民共和国: 'CN',
  prc: 'CN',
  'st. vincent and the grenadines': 'VC',
  台湾: 'TW',
  日本国: 'JP',
  'bosnia and herzegovina': 'BA',
  'trinidad and tobago': 'TT',
  'saint kitts and nevis': 'KN',
  'saint vincent and the grenadines': 'VC',
  'antigua and barbuda': 'AG',
  'sao tome and principe': 'ST',
  'holy see': 'VA',
  'vatican city': 'VA',
  kosovo: 'XK',
}

let codes: Map<string, string> | undefined

/** ISO 3166 two-letter code of a country written in English, Japanese or as a code; undefined when not known. */
export function countryCode(text: string): string | undefined {
  const key = text.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase()
  if (key === '') return undefined
  codes ??= buildCodes()
  return codes.get(key)
}

/** The code, or the words themselves when they are not a known country; undefined for blanks and "unknown". */
export function countryOrWords(text: string): string | undefined {
  const words = text.replace(/\s+/gu, ' ').trim()
  if (words === '' || /^(?:-0-|na|n\/a|unknown|undetermined|不明|00)$/iu.test(words)) return undefined
  return countryCode(words) ?? words
}

function buildCodes(): Map<string, string> {
  const found = new Map<string, string>()
  const english = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
  const japanese = new Intl.DisplayNames(['ja'], { type: 'region', fallback: 'none' })
  for (let first = 65; first <= 90; first += 1) {
    for (let second = 65; second <= 90; second += 1) {
      const code = String.fromCharCode(first, second)
      const name = english.of(code)
      if (!name || code === 'ZZ' || code === 'EU' || code === 'UN' || isFormer(code)) continue
      found.set(code.toLowerCase(), code)
      found.set(name.toLowerCase(), code)
      found.set(name.replace(/ & /gu, ' and ').toLowerCase(), code)
      const local = japanese.of(code)
      if (local) found.set(local.normalize('NFKC').toLowerCase(), code)
    }
  }
  for (const [name, code] of Object.entries(OTHER_NAMES)) found.set(name.toLowerCase(), code)
  return found
}

/** Codes of states that are no more (SU, YU, DD …) stand for their successor and would shadow its name. */
function isFormer(code: string): boolean {
  return Intl.getCanonicalLocales(`und-${code}`)[0] !== `und-${code}`
}
