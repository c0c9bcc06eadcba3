/**
 * 日本標準産業分類, majors and middle classes. Source: 総務省「日本標準産業分類」第14回改定（令和5年6月告示、令和6年4月1日施行）, 大分類・中分類一覧.
 * A stored code is the two digits of a middle class, or the three or four digits of a class inside it; the letter follows from it.
 */
export const JSIC_REVISION = '14'

export interface IndustryMajor {
  letter: string
  name: string
  classes: readonly { code: string; name: string }[]
}

const table = `
A 農業，林業|01 農業|02 林業
B 漁業|03 漁業（水産養殖業を除く）|04 水産養殖業
C 鉱業，採石業，砂利採取業|05 鉱業，採石業，砂利採取業
D 建設業|06 総合工事業|07 職別工事業（設備工事業を除く）|08 設備工事業
E 製造業|09 食料品製造業|10 飲料・たばこ・飼料製造業|11 繊維工業|12 木材・木製品製造業（家具を除く）|13 家具・装備品製造業|14 パルプ・紙・紙加工品製造業|15 印刷・同関連業|16 化学工業|17 石油製品・石炭製品製造業|18 プラスチック製品製造業（別掲を除く）|19 ゴム製品製造業|20 なめし革・同製品・毛皮製造業|21 窯業・土石製品製造業|22 鉄鋼業|23 非鉄金属製造業|24 金属製品製造業|25 はん用機械器具製造業|26 生産用機械器具製造業|27 業務用機械器具製造業|28 電子部品・デバイス・電子回路製造業|29 電気機械器具製造業|30 情報通信機械器具製造業|31 輸送用機械器具製造業|32 その他の製造業
F 電気・ガス・熱供給・水道業|33 電気業|34 ガス業|35 熱供給業|36 水道業
G 情報通信業|37 通信業|38 放送業|39 情報サービス業|40 インターネット附随サービス業|41 映像・音声・文字情報制作業
H 運輸業，郵便業|42 鉄道業|43 道路旅客運送業|44 道路貨物運送業|45 水運業|46 航空運輸業|47 倉庫業|48 運輸に附帯するサービス業|49 郵便業（信書便事業を含む）
I 卸売業，小売業|50 各種商品卸売業|51 繊維・衣服等卸売業|52 飲食料品卸売業|53 建築材料，鉱物・金属材料等卸売業|54 機械器具卸売業|55 その他の卸売業|56 各種商品小売業|57 織物・衣服・身の回り品小売業|58 飲食料品小売業|59 機械器具小売業|60 その他の小売業|61 無店舗小売業
J 金融業，保険業|62 銀行業|63 協同組織金融業|64 貸金業，クレジットカード業等非預金信用機関|65 金融商品取引業，商品先物取引業|66 補助的金融業等|67 保険業（保険媒介代理業，保険サービス業を含む）
K 不動産業，物品賃貸業|68 不動産取引業|69 不動産賃貸業・管理業|70 物品賃貸業
L 学術研究，専門・技術サービス業|71 学術・開発研究機関|72 専門サービス業（他に分類されないもの）|73 広告業|74 技術サービス業（他に分類されないもの）
M 宿泊業，飲食サービス業|75 宿泊業|76 飲食店|77 持ち帰り・配達飲食サービス業
N 生活関連サービス業，娯楽業|78 洗濯・理容・美容・浴場業|79 その他の生活関連サービス業|80 娯楽業
O 教育，学習支援業|81 学校教育|82 その他の教育，学習支援業
P 医療，福祉|83 医療業|84 保健衛生|85 社会保険・社会福祉・介護事業
Q 複合サービス事業|86 郵便局|87 協同組合（他に分類されないもの）
R サービス業（他に分類されないもの）|88 廃棄物処理業|89 自動車整備業|90 機械等修理業（別掲を除く）|91 職業紹介・労働者派遣業|92 その他の事業サービス業|93 政治・経済・文化団体|94 宗教|95 その他のサービス業|96 外国公務
S 公務（他に分類されるものを除く）|97 国家公務|98 地方公務
T 分類不能の産業|99 分類不能の産業`

export const industryMajors: readonly IndustryMajor[] = table
  .trim()
  .split('\n')
  .map(line => {
    const [major = '', ...classes] = line.split('|')
    return {
      letter: major.slice(0, 1),
      name: major.slice(2),
      classes: classes.map(entry => ({ code: entry.slice(0, 2), name: entry.slice(3) })),
    }
  })

const classByCode = new Map(
  industryMajors.flatMap(major =>
    major.classes.map(entry => [entry.code, { major, name: entry.name }] as const),
  ),
)

/** True for two to four digits which begin with a middle class. */
export function isIndustryCode(code: string): boolean {
  return /^\d{2,4}$/.test(code) && classByCode.has(code.slice(0, 2))
}

/** The letter of the major a code lies in; null for none or an unknown one. */
export function industryLetter(code: string | null): string | null {
  return (code && classByCode.get(code.slice(0, 2))?.major.letter) || null
}

/** `E24 金属製品製造業`, with the longer code where one is stored; the code itself when no class is known. */
export function industryText(code: string | null): string | null {
  if (code === null) return null
  const found = classByCode.get(code.slice(0, 2))
  return found ? `${found.major.letter}${code} ${found.name}` : code
}

/** Middle classes whose number, name or major contains the text; all of them for no text. */
export function findIndustries(text: string): { code: string; name: string; major: string }[] {
  const wanted = text.normalize('NFKC').trim()
  const letter = /^[A-Ta-t](?=\d|$)/.exec(wanted)?.[0]?.toUpperCase()
  const rest = letter ? wanted.slice(1) : wanted
  return industryMajors.flatMap(major =>
    major.classes
      .filter(
        entry =>
          (!letter || major.letter === letter) &&
          (rest === '' ||
            rest.startsWith(entry.code) ||
            entry.code.startsWith(rest) ||
            entry.name.normalize('NFKC').includes(rest) ||
            major.name.normalize('NFKC').includes(rest)),
      )
      .map(entry => ({ ...entry, major: `${major.letter} ${major.name}` })),
  )
}
