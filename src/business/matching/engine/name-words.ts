/**
 * Words by which sibling companies of one group differ: 山田工業 and 山田建設 are two companies however alike they look.
 * Each line is one meaning: kanji or kana words, then English words. General knowledge. Source: matching.md §6.8.
 */
const WORDS: readonly (readonly [japanese: string, english: string])[] = [
  ['工業', 'industries industry kogyo industrial'],
  ['鉱業', 'mining'],
  ['鋼業', 'steel kogyo'],
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
  ['硝子 ガラス 硝子店', 'glass garasu garasuten'],
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
  ['造園', 'landscaping landscape zoen'],
  ['警備 警備保障 セキュリティ', 'security guard keibi'],
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
  ['興産', 'kosan'],
  ['冷機 冷熱 空調', 'reiki reinetsu kucho'],
  ['測量 測地', 'survey sokuryo'],
  ['解体', 'kaitai demolition'],
  ['板金', 'bankin'],
  ['溶接', 'welding yosetsu'],
  ['鋼材 鋼管', 'kozai'],
  ['梱包 包装 パッケージ', 'packing konpo hoso package'],
  ['家具 木工', 'furniture kagu mokko'],
  ['クリエイト クリエイション', 'create creation'],
  ['トレーディング', 'trading'],
  ['コーポレーション', 'corporation'],
  ['電産', 'densan'],
  ['電業 電工社', 'dengyo'],
  ['重工業 重工', 'jukogyo juko'],
  ['工機', 'koki'],
  ['機器', 'kiki instruments'],
  ['器械', ''],
  ['計器 計測', 'keiki'],
  ['部品', 'parts buhin'],
  ['軽金属', 'keikinzoku'],
  ['伸銅 銅業', ''],
  ['鋳造 鋳鉄', 'chuzo'],
  ['鍛造', 'tanzo'],
  ['金型', 'kanagata mold'],
  ['螺子 ネジ', 'screw'],
  ['発條 スプリング', 'spring'],
  ['セメント', 'cement'],
  ['コンクリート 生コン', 'concrete'],
  ['窯業 陶器', 'yogyo'],
  ['砕石 採石 石材', 'stone'],
  ['舗装 道路', 'hoso road doro'],
  ['基礎', 'kiso'],
  ['防水', 'bosui'],
  ['左官', ''],
  ['内装 装飾 インテリア', 'interior naiso'],
  ['建材', 'kenzai'],
  ['建具 サッシ', 'tategu sash'],
  ['住研 住建 ハウス', 'house juken'],
  ['地建 土地 都市開発', 'toshi'],
  ['水道 水道工業所', 'suido'],
  ['管工 管工業 配管', 'kanko haikan'],
  ['消防 防災', 'bosai'],
  ['電力工事 電気工事', ''],
  ['通運', 'tsuun'],
  ['海陸 港運 港湾', 'koun'],
  ['航空 エアライン', 'air aviation koku'],
  ['バス', 'bus'],
  ['レンタカー レンタル', 'rental'],
  ['オート 車輌 車体', 'shatai'],
  ['タイヤ', 'tire'],
  ['モーター', ''],
  ['ケミカル ケミカルズ', 'chemicals'],
  ['油脂 油化', 'yushi'],
  ['肥料', 'fertilizer hiryo'],
  ['飼料', 'feed shiryo'],
  ['種苗 園芸', 'seed shubyo engei'],
  ['牧場 ファーム', 'bokujo farm farms'],
  ['乳業', 'dairy nyugyo'],
  ['製粉', 'flour seifun'],
  ['製糖', 'sugar seito'],
  ['飲料 ビバレッジ', 'beverage inryo'],
  ['食肉 ミート 畜肉', 'meat'],
  ['海産', 'kaisan'],
  ['醤油 味噌 醸造', 'brewing jozo shoyu'],
  ['製茶 茶園', 'tea'],
  ['レストラン ダイニング', 'restaurant dining'],
  ['ホテル', 'hotel'],
  ['旅館', 'ryokan'],
  ['ゴルフ', 'golf'],
  ['スポーツ', 'sports'],
  ['アミューズメント 遊園', 'amusement'],
  ['商業 商社', 'shogyo'],
  ['卸売 卸', 'wholesale'],
  ['百貨店 ストア ストアー', 'store department'],
  ['薬業', 'yakugyo'],
  ['製紙', 'seishi'],
  ['段ボール', ''],
  ['文具 事務機', 'bungu'],
  ['書店 書房', 'books shoten'],
  ['新聞 新聞社', 'shimbun press'],
  ['広告 アド', 'advertising koukoku ad'],
  ['映像 映画 フィルム', 'film eiga'],
  ['音楽 ミュージック', 'music'],
  ['写真 フォト', 'photo'],
  ['服飾 縫製 被服', 'sewing hosei'],
  ['染色 染工', 'dyeing senko'],
  ['製靴 シューズ', 'shoes'],
  ['皮革', 'leather hikaku'],
  ['宝飾 貴金属', 'jewelry'],
  ['眼鏡 光学', 'optical kogaku'],
  ['時計', 'watch tokei'],
  ['電線', 'cable densen'],
  ['電池', 'battery denchi'],
  ['半導体 デバイス', 'semiconductor device devices'],
  ['ネットワーク ネットワークス', 'network networks'],
  ['データ', 'data'],
  ['ソリューション ソリューションズ', 'solution solutions'],
  ['テック', ''],
  ['ワークス', ''],
  ['プランニング', ''],
  ['プロダクト プロダクツ', 'product products'],
  ['マテリアル 素材', 'material materials'],
  ['総研 総合研究所', 'soken'],
  ['会計 経理', 'accounting'],
  ['人材 スタッフ スタッフィング', 'staff staffing'],
  ['派遣', ''],
  ['清掃 美装', 'cleaning seiso biso'],
  ['衛生', 'eisei sanitary'],
  ['廃棄物 産廃', ''],
  ['葬祭 セレモニー', 'ceremony'],
  ['学園 スクール', 'school gakuen'],
  ['クリニック', 'clinic'],
  ['歯科', 'dental shika'],
  ['ファーマ 製剤', ''],
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

const aliases: readonly string[][] = WORDS.map(([, english]) =>
  english.split(' ').filter(word => word !== ''),
)

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

/** English words and romaji of a meaning. */
export function aliasesOf(meaning: number): readonly string[] {
  return aliases[meaning] ?? []
}

/** True for words which tell a sibling from the company itself when only one name carries them. */
export function isSiblingMark(word: string): boolean {
  return siblingMarks.has(word)
}

/** Regions as they are written and as their romaji key reads; only those whose sound stands for nothing else in a company name. */
const REGIONS: readonly (readonly [written: RegExp, heard: string])[] = [
  [/東日本/, 'higasinihon'],
  [/西日本/, 'nisinihon'],
  [/北海道/, 'hokaido'],
  [/東北/, 'tohoku'],
  [/関東/, 'kanto'],
  [/東京/, 'tokyo'],
  [/北陸/, 'hokuriku'],
  [/名古屋/, 'nagoya'],
  [/関西/, 'kansai'],
  [/大[阪坂]/, 'osaka'],
  [/四国/, 'sikoku'],
  [/九州/, 'kyusyu'],
]

/** Most names hold none, which one look tells. */
const WRITTEN_REGION = new RegExp(REGIONS.map(([written]) => written.source).join('|'))
const HEARD_REGION = new RegExp(REGIONS.map(([, heard]) => heard).join('|'))

/** A region stands in one of the names only: Meiko Kyushu is not 明光. `written` a Japanese name, `romaji` a key of the other. */
export function regionsDiffer(written: string, romaji: string): boolean {
  if (!(WRITTEN_REGION.test(written) || HEARD_REGION.test(romaji))) return false
  return REGIONS.some(([word, heard]) => word.test(written) !== romaji.includes(heard))
}
