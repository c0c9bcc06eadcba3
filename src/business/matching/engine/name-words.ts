/**
 * Words by which sibling companies of one group differ: 山田工業 and 山田建設 are two companies however alike they look.
 * Each line is one meaning: kanji or kana words, then English words. General knowledge. Source: matching.md §6.8.
 */
const WORDS: readonly (readonly [japanese: string, english: string])[] = [
  ['工業', 'industries industry kogyo industrial'],
  ['鉱業', 'mining'],
  ['鋼業', ''],
  ['興業', 'kogyo'],
  ['建設', 'construction kensetsu'],
  ['建築', 'architecture kenchiku'],
  ['土木', 'civil doboku'],
  ['工務店', 'builders komuten builder'],
  ['組', 'gumi'],
  ['設備', 'facilities setsubi equipment'],
  ['電設', 'densetsu'],
  ['電気 電機', 'electric denki electrical'],
  ['電子', 'electronics denshi electron'],
  ['電工', 'denko'],
  ['機械', 'machinery kikai machine'],
  ['機工', 'kiko'],
  ['精機 精密', 'precision seiki seimitsu'],
  ['製作所', 'works seisakusho manufacturing mfg'],
  ['製造', 'production seizo'],
  ['金属', 'metal kinzoku metals'],
  ['鉄工 鉄工所', 'iron tekko tekkosho ironworks'],
  ['鉄鋼 製鉄 製鋼', 'steel tekko seiko'],
  ['化学 化成', 'chemical kagaku chemicals kasei'],
  ['製薬 薬品', 'pharmaceutical seiyaku yakuhin pharma pharmaceuticals'],
  ['食品 フーズ 食産', 'foods shokuhin food'],
  ['水産', 'fisheries suisan marine'],
  ['農産 農園', 'farm nosan noen agri'],
  ['商事', 'trading shoji'],
  ['商会', 'shokai'],
  ['商店', 'shoten store'],
  ['商店会', ''],
  ['物産', 'bussan'],
  ['産業', 'sangyo'],
  ['貿易', 'boeki trade'],
  ['通商', 'tsusho commerce'],
  ['販売', 'sales hanbai'],
  ['運輸', 'unyu transport transportation'],
  ['運送', 'unso carriers'],
  ['物流 ロジスティクス', 'logistics butsuryu distribution'],
  ['倉庫', 'warehouse soko warehousing'],
  ['海運', 'shipping kaiun'],
  ['陸運', 'rikuun'],
  ['急便', 'express'],
  ['タクシー 交通', 'taxi kotsu'],
  ['観光', 'tourism kanko tourist'],
  ['旅行', 'travel ryoko'],
  ['不動産 地所 エステート', 'real estate fudosan realty'],
  ['住宅 ホーム ハウジング', 'housing jutaku homes home'],
  ['開発', 'development kaihatsu'],
  ['企画', 'planning kikaku'],
  ['印刷', 'printing insatsu'],
  ['出版', 'publishing shuppan'],
  ['紙業', 'paper shigyo'],
  ['木材 製材', 'lumber mokuzai timber'],
  ['石油 燃料', 'oil sekiyu petroleum fuel'],
  ['ガス', 'gas'],
  ['硝子 ガラス', 'glass garasu'],
  ['塗装', 'painting toso'],
  ['塗料', 'paint toryo'],
  ['ゴム', 'rubber gomu'],
  ['樹脂 プラスチック', 'plastics jushi plastic'],
  ['繊維 紡績 織物', 'textile seni textiles spinning'],
  ['衣料 アパレル', 'apparel iryo clothing'],
  ['自動車 モータース', 'motors jidosha motor auto'],
  ['整備', 'maintenance seibi'],
  ['重機', 'jyuki heavy'],
  ['造船', 'shipbuilding zosen'],
  ['造園', 'landscaping zoen'],
  ['警備 セキュリティ', 'security keibi'],
  ['保険', 'insurance hoken'],
  ['証券', 'securities shoken'],
  ['銀行', 'bank ginko'],
  ['信託', 'trust shintaku'],
  ['信託銀行', 'trustbank'],
  ['生命保険', 'life'],
  ['リース', 'lease leasing'],
  ['金融 ファイナンス', 'finance kinyu financial'],
  ['投資 インベストメント', 'investment toshi investments'],
  ['アセットマネジメント 投資顧問', 'assetmanagement'],
  ['キャピタル', 'capital'],
  ['情報 システム システムズ', 'systems system joho information'],
  ['ソフト ソフトウェア', 'software soft'],
  ['通信', 'communications tsushin telecom'],
  ['放送', 'broadcasting hoso'],
  ['サービス', 'service services'],
  ['エンジニアリング', 'engineering'],
  ['テクノ テクノロジー 技研', 'technology technologies tech giken'],
  ['技術', 'gijutsu'],
  ['研究所', 'laboratory kenkyusho institute labs'],
  ['コンサルティング', 'consulting'],
  ['デザイン', 'design'],
  ['環境', 'environment kankyo environmental eco'],
  ['リサイクル', 'recycle recycling'],
  ['クリーン クリーンサービス', 'clean'],
  ['医療 メディカル', 'medical'],
  ['介護 ケア', 'care kaigo'],
  ['薬局', 'pharmacy yakkyoku'],
  ['教育', 'education kyoiku'],
  ['酒造', 'brewery shuzo sake'],
  ['製菓', 'confectionery seika'],
  ['製麺', 'seimen noodle'],
  ['製パン', 'bakery'],
  ['青果', 'seika fruits'],
  ['畜産', 'livestock chikusan'],
  ['林業', 'forestry ringyo'],
  ['商工', 'shoko'],
  ['実業', 'jitsugyo'],
  ['総業', 'sogyo'],
  ['企業', 'kigyo enterprise enterprises'],
  ['事業', 'jigyo'],
  ['本舗', 'honpo'],
  ['産商', ''],
  ['資源', 'resources shigen'],
  ['エナジー エネルギー', 'energy'],
  ['電力', 'power denryoku'],
  ['鉄道 電鉄', 'railway tetsudo dentetsu'],
  ['ホールディングス HD HLDGS ホールディング', 'holdings holding hd hldgs'],
  ['グループ', 'group'],
  ['本社', ''],
  ['マネジメント', 'management'],
  ['プロパティ プロパティーズ', 'property properties'],
  ['パートナーズ', 'partners'],
  ['インターナショナル 国際', 'international kokusai'],
  ['ジャパン 日本', 'japan nippon nihon'],
  ['アジア', 'asia'],
  ['エクスポート 輸出', 'exports export'],
  ['インポート 輸入', 'imports import'],
]

/** Words which make one more company out of a name: holding companies, regional and new companies, ordinals. */
const SIBLING_MARKS =
  'ホールディングス ホールディング HD HLDGS グループ 販売 不動産 サービス 物流 東日本 西日本 北日本 関東 関西 東海 中部 九州 北海道 東北 四国 中国 北陸 ' +
  '東京 大阪 名古屋 横浜 神戸 京都 札幌 仙台 広島 福岡 新 第一 第二 第三 東 西 南 北 中央 本'

export type NameWord = { word: string; meaning: number; english: boolean }

/** Japanese words, longest first, with the number of their meaning. */
const JAPANESE_WORDS: readonly NameWord[] = WORDS.flatMap(([japanese], meaning) =>
  japanese.split(' ').map(word => ({ word, meaning, english: false })),
).toSorted((a, b) => b.word.length - a.word.length)

const japaneseByLast = new Map<string, NameWord[]>()
for (const word of JAPANESE_WORDS) {
  const last = word.word.at(-1)!
  japaneseByLast.set(last, [...(japaneseByLast.get(last) ?? []), word])
}

const englishMeanings = new Map<string, number[]>()
WORDS.forEach(([, english], meaning) => {
  for (const word of english.split(' ')) {
    if (word !== '') englishMeanings.set(word, [...(englishMeanings.get(word) ?? []), meaning])
  }
})

const siblingMarks = new Set(SIBLING_MARKS.split(' '))

/** The trade word at the end of a name (工業 of 山田工業), or null; the stem before it is never empty. */
export function trailingWord(name: string): NameWord | null {
  const candidates = japaneseByLast.get(name.at(-1) ?? '')
  if (candidates === undefined) return null
  for (const candidate of candidates) {
    if (name.length > candidate.word.length && name.endsWith(candidate.word)) return candidate
  }
  return null
}

/** Meanings of an English or romaji word at the end of a Latin name: construction, kensetsu. */
export function englishMeaningsOf(word: string): readonly number[] {
  return englishMeanings.get(word) ?? []
}

/** True for words which tell a sibling from the company itself when only one name carries them. */
export function isSiblingMark(word: string): boolean {
  return siblingMarks.has(word)
}
