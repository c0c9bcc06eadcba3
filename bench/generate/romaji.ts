const SYLLABLES = new Map<string, string>()
const ROWS =
  'ア a イ i ウ u エ e オ o カ ka キ ki ク ku ケ ke コ ko サ sa シ shi ス su セ se ソ so タ ta チ chi ツ tsu テ te ト to ' +
  'ナ na ニ ni ヌ nu ネ ne ノ no ハ ha ヒ hi フ fu ヘ he ホ ho マ ma ミ mi ム mu メ me モ mo ヤ ya ユ yu ヨ yo ' +
  'ラ ra リ ri ル ru レ re ロ ro ワ wa ヲ o ン n ガ ga ギ gi グ gu ゲ ge ゴ go ザ za ジ ji ズ zu ゼ ze ゾ zo ' +
  'ダ da ヂ ji ヅ zu デ de ド do バ ba ビ bi ブ bu ベ be ボ bo パ pa ピ pi プ pu ペ pe ポ po ヴ vu ' +
  'キャ kya キュ kyu キョ kyo シャ sha シュ shu ショ sho チャ cha チュ chu チョ cho ニャ nya ニュ nyu ニョ nyo ' +
  'ヒャ hya ヒュ hyu ヒョ hyo ミャ mya ミュ myu ミョ myo リャ rya リュ ryu リョ ryo ギャ gya ギュ gyu ギョ gyo ' +
  'ジャ ja ジュ ju ジョ jo ビャ bya ビュ byu ビョ byo ピャ pya ピュ pyu ピョ pyo ファ fa フィ fi フェ fe フォ fo ' +
  'ティ ti ディ di デュ dyu シェ she ジェ je チェ che ヴァ va ヴィ vi ヴェ ve ヴォ vo ウィ wi ウェ we ウォ wo'
const parts = ROWS.split(' ')
for (let i = 0; i < parts.length; i += 2) SYLLABLES.set(parts[i]!, parts[i + 1]!)

/** Hepburn spelling of a katakana reading without long-vowel marks, first letter upper-case: サトウショウジ → Satoshoji. */
export function romaji(kana: string): string {
  let out = ''
  for (let i = 0; i < kana.length; i++) {
    const sign = kana[i]!
    if (sign === 'ー') continue
    if (sign === 'ッ') {
      const next = syllableAt(kana, i + 1)
      out += next.startsWith('ch') ? 't' : (next[0] ?? '')
      continue
    }
    const pair = SYLLABLES.get(kana.slice(i, i + 2))
    if (pair !== undefined && kana.length > i + 1) i++
    out += pair ?? SYLLABLES.get(sign) ?? sign
  }
  const short = out
    .replace(/ou|oo/g, 'o')
    .replace(/uu/g, 'u')
    .replace(/n(?=[bmp])/g, 'm')
  return short.charAt(0).toUpperCase() + short.slice(1)
}

function syllableAt(kana: string, at: number): string {
  return SYLLABLES.get(kana.slice(at, at + 2)) ?? SYLLABLES.get(kana[at] ?? '') ?? ''
}
