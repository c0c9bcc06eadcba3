/** Tells a branch from the company name: 山田商店 大阪支店. Source: matching.md §6.8. */

const SUFFIX = '支店|支社|支部|営業所|出張所|本店|本社|事業所|工場|営業部|支所|物流センター|配送センター'

/** Places which commonly stand before 支店 without a space; general knowledge. */
const PLACES =
  '北海道|青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|東京|神奈川|新潟|富山|石川|福井|山梨|長野|岐阜|静岡|愛知|三重|滋賀|京都|大阪|兵庫|奈良|和歌山|鳥取|島根|岡山|広島|山口|徳島|香川|愛媛|高知|福岡|佐賀|長崎|熊本|大分|宮崎|鹿児島|沖縄|' +
  '札幌|函館|旭川|盛岡|仙台|郡山|いわき|水戸|つくば|宇都宮|前橋|高崎|大宮|川越|浦和|さいたま|船橋|柏|新宿|渋谷|池袋|品川|上野|銀座|日本橋|立川|八王子|町田|横浜|川崎|相模原|厚木|金沢|甲府|松本|浜松|沼津|名古屋|豊橋|豊田|岡崎|四日市|津|大津|神戸|姫路|尼崎|堺|梅田|難波|松江|福山|下関|高松|松山|北九州|小倉|博多|久留米|那覇|' +
  '首都圏|関東|関西|東北|北陸|中部|東海|近畿|中国|四国|九州|東日本|西日本|中央'

const SPACED = new RegExp(`^(.+?)\\s+(\\S*(?:${SUFFIX}))$`)
const BRACKETED = new RegExp(`^(.+?)\\s*\\((\\S*(?:${SUFFIX}))\\)$`)
const GLUED = new RegExp(
  `^(.{2,}?)((?:第[一二三四五六七八九十\\d]+|${PLACES})[東西南北中央第一二三]{0,2}(?:${SUFFIX}))$`,
)

/** Splits a trailing branch off a name which has lost its legal form; the name never becomes empty. */
export function splitBranch(name: string): { name: string; branch: string | null } {
  if (!/[店社部所場ー]\)?$/.test(name)) return { name, branch: null }
  const found = BRACKETED.exec(name) ?? SPACED.exec(name) ?? GLUED.exec(name)
  if (found === null || /グループ|ホールディング|HD/.test(found[2]!)) return { name, branch: null }
  // ABC コーポレーション東京支社: of the last word only the place belongs to the branch.
  const inner = GLUED.exec(found[2]!)
  if (inner !== null && inner[1]!.length >= 4)
    return { name: `${found[1]!.trim()} ${inner[1]!}`, branch: inner[2]! }
  return { name: found[1]!.trim(), branch: found[2]! }
}
