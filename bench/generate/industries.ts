import { type TradeWord, tradeWords } from './words/word-list.ts'

/** What the generator knows of a trade. Codes have the shape of 日本標準産業分類 (four digits); capital is in yen. */
export type Industry = {
  code: string
  label: string
  weight: number
  tails: readonly TradeWord[]
  summary: string
  capital: readonly [low: number, high: number]
  employees: readonly [low: number, high: number]
  /** Care and medical businesses are paid by public payers. */
  field: 'general' | 'medical' | 'care'
}

export const INDUSTRY_REVISION = '14'

/** code | name | weight | capital in million yen | employees | field | name words (text:reading:English) | business */
const TABLE = `
4411 | 一般貨物自動車運送業 | 11 | 3-50 | 5-90 | general | 運輸:ウンユ:Transport 運送:ウンソウ:Unso 物流:ブツリュウ:Logistics 陸運:リクウン:Rikuun 急送:キュウソウ:Express 通商運輸:ツウショウウンユ:Transport | 食品と日用品を中心とした貸切・積合せ輸送
4431 | 貨物軽自動車運送業 | 3 | 1-10 | 1-20 | general | 急便:キュウビン:Kyubin 軽貨物:ケイカモツ:Light_Cargo デリバリー:デリバリー:Delivery | 軽貨物車による宅配と企業間の定期便を請け負う
0611 | 一般土木建築工事業 | 8 | 10-100 | 5-80 | general | 建設:ケンセツ:Construction 組:グミ:Gumi 建設工業:ケンセツコウギョウ:Construction | 公共土木と民間建築の元請・一次下請工事
0641 | 建築工事業 | 6 | 3-30 | 2-30 | general | 工務店:コウムテン:Komuten 建築:ケンチク:Architecture ハウジング:ハウジング:Housing 住建:ジュウケン:Juken | 木造住宅の新築と改修
0811 | 一般電気工事業 | 6 | 3-30 | 2-40 | general | 電気:デンキ:Electric 電設:デンセツ:Densetsu 電工:デンコウ:Denko 電業:デンギョウ:Dengyo | 店舗・工場の電気設備工事と保守
0831 | 一般管工事業 | 5 | 3-30 | 2-30 | general | 設備:セツビ:Setsubi 設備工業:セツビコウギョウ:Facilities 空調:クウチョウ:Air_Conditioning 水道:スイドウ:Suido | 給排水・空調設備の施工
0771 | 塗装工事業 | 3 | 1-20 | 2-20 | general | 塗装:トソウ:Painting 塗工:トコウ:Toko リフォーム:リフォーム:Reform | 外壁塗装と防水工事
0731 | 鉄骨工事業 | 3 | 5-40 | 4-40 | general | 鉄工:テッコウ:Iron_Works 鋼業:コウギョウ:Steel 鉄工所:テッコウショ:Tekkosho | 鉄骨の加工と現場組立
3911 | 受託開発ソフトウェア業 | 8 | 3-50 | 3-120 | general | システム:システム:System システムズ:システムズ:Systems ソフト:ソフト:Soft 情報システム:ジョウホウシステム:Information_Systems テクノロジー:テクノロジー:Technology | 業務システムの受託開発と技術者の常駐支援
3921 | 情報処理サービス業 | 3 | 5-50 | 5-80 | general | データ:データ:Data 計算センター:ケイサンセンター:Computing_Center 情報:ジョウホウ:Information | データ入力、計算代行、運用監視
4011 | ポータルサイト・サーバ運営業 | 2 | 1-100 | 2-60 | general | ネット:ネット:Net ウェブ:ウェブ:Web クラウド:クラウド:Cloud | ウェブサービスの企画と運営
7311 | 広告業 | 5 | 1-30 | 2-40 | general | 広告:コウコク:Advertising 広告社:コウコクシャ:Kokokusha アド:アド:Ad エージェンシー:エージェンシー:Agency 企画:キカク:Planning | ウェブ広告の運用代行と販促物の制作
7261 | デザイン業 | 2 | 1-10 | 1-10 | general | デザイン:デザイン:Design デザイン事務所:デザインジムショ:Design_Office 工房:コウボウ:Kobo | 印刷物とウェブのデザイン
2446 | 製缶板金業 | 5 | 5-50 | 5-60 | general | 製作所:セイサクショ:Seisakusho 工業:コウギョウ:Kogyo 板金:バンキン:Bankin 精機:セイキ:Seiki | 産業機械の板金部品を多品種少量で製作
2694 | 金属用金型製造業 | 4 | 5-50 | 5-60 | general | 金型:カナガタ:Kanagata 精密:セイミツ:Precision 精工:セイコウ:Seiko 工作所:コウサクショ:Kosakusho | 自動車・家電部品の金型設計と製作
1834 | 工業用プラスチック製品製造業 | 3 | 10-60 | 8-80 | general | 化成:カセイ:Kasei 化学:カガク:Chemical 樹脂:ジュシ:Jushi 合成:ゴウセイ:Gosei | 樹脂成形品の受託生産
0999 | 食料品製造業 | 3 | 5-50 | 5-120 | general | 食品:ショクヒン:Foods 製菓:セイカ:Confectionery フーズ:フーズ:Foods 醸造:ジョウゾウ:Brewing | 業務用惣菜と菓子の製造
1511 | オフセット印刷業 | 3 | 5-40 | 4-50 | general | 印刷:インサツ:Printing プリント:プリント:Print 製版:セイハン:Seihan | 商業印刷と販促物の企画制作
8544 | 訪問介護事業 | 4 | 1-20 | 5-60 | care | ケアサービス:ケアサービス:Care_Service 介護サービス:カイゴサービス:Care ホームケア:ホームケア:Home_Care | 訪問介護と居宅介護支援
8543 | 通所・短期入所介護事業 | 3 | 1-20 | 5-60 | care | ケア:ケア:Care デイサービス:デイサービス:Day_Service 福祉サービス:フクシサービス:Welfare_Service | 通所介護事業所の運営
8322 | 無床診療所 | 2 | 5-30 | 4-30 | medical | クリニック:クリニック:Clinic 医院:イイン:Iin 内科医院:ナイカイイン:Internal_Medicine_Clinic 整形外科:セイケイゲカ:Orthopedic_Clinic | 内科・小児科の外来診療
8331 | 歯科診療所 | 2 | 3-20 | 3-20 | medical | 歯科:シカ:Dental_Clinic デンタルクリニック:デンタルクリニック:Dental_Clinic 歯科医院:シカイイン:Dental_Clinic | 一般歯科と訪問歯科
6033 | 調剤薬局 | 2 | 3-30 | 3-40 | medical | 薬局:ヤッキョク:Pharmacy 調剤薬局:チョウザイヤッキョク:Pharmacy ファーマシー:ファーマシー:Pharmacy | 調剤薬局の運営
9121 | 労働者派遣業 | 4 | 10-50 | 5-200 | general | スタッフ:スタッフ:Staff 人材:ジンザイ:Jinzai キャリア:キャリア:Career スタッフサービス:スタッフサービス:Staff_Service | 製造・物流現場への人材派遣
9221 | ビルメンテナンス業 | 3 | 3-30 | 5-150 | general | ビルサービス:ビルサービス:Building_Service 美装:ビソウ:Biso 管財:カンザイ:Kanzai クリーン:クリーン:Clean | 事務所ビルの清掃と設備管理
9231 | 警備業 | 3 | 3-30 | 10-200 | general | 警備:ケイビ:Security 警備保障:ケイビホショウ:Security_Guard ガード:ガード:Guard | 工事現場の交通誘導と施設警備
8821 | 産業廃棄物収集運搬業 | 2 | 3-50 | 3-50 | general | 環境:カンキョウ:Environment 環境開発:カンキョウカイハツ:Environmental_Development クリーンサービス:クリーンサービス:Clean_Service | 産業廃棄物の収集運搬と中間処理
5419 | 産業機械器具卸売業 | 4 | 10-80 | 3-50 | general | 機工:キコウ:Kiko 機械:キカイ:Machinery 商事:ショウジ:Shoji 産機:サンキ:Sanki | 工作機械と工具の卸売
5229 | 食料・飲料卸売業 | 3 | 5-50 | 3-40 | general | 物産:ブッサン:Bussan 青果:セイカ:Seika 水産:スイサン:Fisheries 食販:ショクハン:Shokuhan | 飲食店向けの食材卸
5311 | 建築材料卸売業 | 3 | 5-50 | 3-40 | general | 建材:ケンザイ:Kenzai 木材:モクザイ:Lumber 資材:シザイ:Shizai 硝子:ガラス:Glass | 建築資材の販売と配送
5711 | 繊維・衣服卸売業 | 2 | 5-50 | 2-30 | general | 繊維:センイ:Textile アパレル:アパレル:Apparel 衣料:イリョウ:Apparel | 婦人服の企画と卸売
6911 | 不動産賃貸・管理業 | 3 | 5-50 | 2-30 | general | 不動産:フドウサン:Real_Estate 地所:ジショ:Estate エステート:エステート:Estate | 賃貸住宅の管理と仲介
7611 | 食堂・レストラン | 2 | 1-20 | 3-60 | general | フードサービス:フードサービス:Food_Service ダイニング:ダイニング:Dining キッチン:キッチン:Kitchen | 飲食店の運営と法人向け弁当
8911 | 自動車整備業 | 3 | 3-20 | 2-20 | general | 自動車:ジドウシャ:Motors モータース:モータース:Motors オート:オート:Auto 自工:ジコウ:Jiko | 車検整備と法人車両の保守
7421 | 土木建築サービス業 | 2 | 3-20 | 2-30 | general | 設計:セッケイ:Architects 測量:ソクリョウ:Surveying 設計事務所:セッケイジムショ:Architects_Office コンサルタント:コンサルタント:Consultants | 測量と構造設計
`

/** Trades in which small companies sell their claims most often weigh most. */
export const INDUSTRIES: readonly Industry[] = TABLE.trim().split('\n').map(industryFrom)

export const PUBLIC_ADMINISTRATION = { code: '9821', label: '市町村機関', summary: '地方公共団体' } as const

function industryFrom(line: string): Industry {
  const [
    code = '',
    label = '',
    weight = '',
    capital = '',
    employees = '',
    field = '',
    tails = '',
    summary = '',
  ] = line.split(' | ')
  const [capitalLow, capitalHigh] = range(capital)
  return {
    code,
    label,
    weight: Number(weight),
    tails: tradeWords(tails),
    summary,
    capital: [capitalLow * 1_000_000, capitalHigh * 1_000_000],
    employees: range(employees),
    field: field === 'medical' || field === 'care' ? field : 'general',
  }
}

function range(text: string): [number, number] {
  const [low = 0, high = 0] = text.split('-').map(Number)
  return [low, high]
}
