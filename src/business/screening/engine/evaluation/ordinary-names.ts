import type { ScreeningSubject } from '../screening-result.ts'
import { type Dice, dice } from './random.ts'

/** Everyday names of people and firms, written down by the project from general knowledge; none is taken from a list of anybody. */
const JAPANESE_FAMILIES = `佐藤 サトウ,鈴木 スズキ,高橋 タカハシ,田中 タナカ,伊藤 イトウ,渡辺 ワタナベ,山本 ヤマモト,中村 ナカムラ,小林 コバヤシ,加藤 カトウ,吉田 ヨシダ,山田 ヤマダ,佐々木 ササキ,山口 ヤマグチ,松本 マツモト,井上 イノウエ,木村 キムラ,林 ハヤシ,斎藤 サイトウ,清水 シミズ,山崎 ヤマザキ,森 モリ,池田 イケダ,橋本 ハシモト,阿部 アベ,石川 イシカワ,山下 ヤマシタ,中島 ナカジマ,石井 イシイ,小川 オガワ,前田 マエダ,岡田 オカダ,長谷川 ハセガワ,藤田 フジタ,後藤 ゴトウ,近藤 コンドウ,村上 ムラカミ,遠藤 エンドウ,青木 アオキ,坂本 サカモト,斉藤 サイトウ,福田 フクダ,太田 オオタ,西村 ニシムラ,藤井 フジイ,金子 カネコ,岡本 オカモト,藤原 フジワラ,三浦 ミウラ,中野 ナカノ,原田 ハラダ,松田 マツダ,竹内 タケウチ,小野 オノ,田村 タムラ,中山 ナカヤマ,和田 ワダ,石田 イシダ,森田 モリタ,上田 ウエダ,原 ハラ,内田 ウチダ,柴田 シバタ,酒井 サカイ,宮崎 ミヤザキ,横山 ヨコヤマ,高木 タカギ,安藤 アンドウ,宮本 ミヤモト,大野 オオノ,小島 コジマ,谷口 タニグチ,今井 イマイ,工藤 クドウ,高田 タカダ,増田 マスダ,丸山 マルヤマ,杉山 スギヤマ,村田 ムラタ,大塚 オオツカ,新井 アライ,小山 コヤマ,平野 ヒラノ,藤本 フジモト,河野 コウノ,上野 ウエノ,野口 ノグチ,武田 タケダ,松井 マツイ,千葉 チバ,菅原 スガワラ,岩崎 イワサキ,久保 クボ,木下 キノシタ,佐野 サノ,野村 ノムラ,松尾 マツオ,市川 イチカワ,菊地 キクチ,杉本 スギモト,浜田 ハマダ,有馬 アリマ,丹羽 ニワ,辻 ツジ,南 ミナミ,関 セキ,岸 キシ,星 ホシ,堀 ホリ,金 キン,李 リ,朴 パク`
const JAPANESE_GIVEN = `太郎 タロウ,一郎 イチロウ,健一 ケンイチ,大輔 ダイスケ,翔太 ショウタ,健太 ケンタ,誠 マコト,浩 ヒロシ,隆 タカシ,学 マナブ,修 オサム,明 アキラ,勇 イサム,茂 シゲル,正 タダシ,実 ミノル,進 ススム,豊 ユタカ,博 ヒロシ,清 キヨシ,花子 ハナコ,美咲 ミサキ,陽子 ヨウコ,恵子 ケイコ,久美子 クミコ,由美子 ユミコ,真理 マリ,直美 ナオミ,智子 トモコ,裕子 ユウコ,和子 カズコ,幸子 サチコ,洋子 ヨウコ,愛 アイ,舞 マイ,彩 アヤ,さくら サクラ,結衣 ユイ,葵 アオイ,凛 リン,蓮 レン,悠真 ユウマ,湊 ミナト,大翔 ヒロト,樹 イツキ,颯太 ソウタ,陸 リク,海斗 カイト,拓也 タクヤ,達也 タツヤ,直樹 ナオキ,和也 カズヤ,雄太 ユウタ,亮 リョウ,剛 ツヨシ,聡 サトシ,哲也 テツヤ,秀樹 ヒデキ,英樹 ヒデキ,正人 マサト,雅人 マサト,義雄 ヨシオ,三郎 サブロウ,幸雄 ユキオ,昭 アキラ,勝 マサル,弘 ヒロシ,武 タケシ,アリサ アリサ,マリア マリア`

const FOREIGN: readonly (readonly [country: string, given: string, family: string])[] = [
  [
    'US',
    'James,Mary,Robert,Patricia,John,Jennifer,Michael,Linda,David,Elizabeth,William,Barbara,Richard,Susan,Joseph,Jessica,Thomas,Karen,Daniel,Sarah',
    'Smith,Johnson,Williams,Brown,Jones,Miller,Davis,Wilson,Anderson,Taylor,Moore,Jackson,White,Harris,Clark,Lewis,Robinson,Walker,Young,Allen',
  ],
  [
    'GB',
    'Oliver,Amelia,George,Olivia,Harry,Isla,Jack,Emily,Charlie,Grace,Arthur,Freya,Oscar,Alice,Henry,Ruby',
    'Evans,Thomas,Roberts,Wright,Thompson,Hughes,Edwards,Green,Hall,Wood,Turner,Cooper,Hill,Ward,Morris,Bailey,Carter',
  ],
  [
    'CN',
    'Wei,Fang,Min,Jing,Lei,Yan,Jun,Xiaoming,Haoran,Zihan,Yuxuan,Meiling,Jianguo,Xiaoling,Qiang,Ting,Bo,Hui',
    'Wang,Li,Zhang,Liu,Chen,Yang,Huang,Zhao,Wu,Zhou,Xu,Sun,Ma,Zhu,Hu,Guo,He,Lin,Gao,Luo',
  ],
  [
    'KR',
    'Minjun,Seoyeon,Jihoon,Jiwoo,Hyunwoo,Soyeon,Dongwook,Yejin,Sunghoon,Hyejin,Min Ho,Ji Young,Seung Hyun,Eun Ji',
    'Kim,Lee,Park,Choi,Jung,Kang,Cho,Yoon,Jang,Lim,Han,Oh,Seo,Shin,Kwon',
  ],
  [
    'VN',
    'Van Anh,Minh Tuan,Thi Hoa,Duc Thang,Quang Huy,Thi Lan,Hoang Nam,Thanh Ha,Van Hung,Thi Mai,Ngoc Linh,Quoc Bao',
    'Nguyen,Tran,Le,Pham,Hoang,Phan,Vu,Dang,Bui,Do,Ho,Ngo',
  ],
  [
    'PH',
    'Jose,Maria,Juan,Angelica,Mark,Grace,Paolo,Cristina,Rafael,Jasmine,Carlo,Rosario',
    'Santos,Reyes,Cruz,Bautista,Ocampo,Garcia,Mendoza,Torres,Flores,Villanueva,Ramos,Aquino',
  ],
  [
    'BR',
    'Ana,João,Gabriel,Mariana,Lucas,Juliana,Pedro,Fernanda,Rafael,Camila,Marcos,Patrícia',
    'Silva,Santos,Oliveira,Souza,Lima,Pereira,Ferreira,Costa,Rodrigues,Almeida,Nascimento,Carvalho',
  ],
  [
    'IN',
    'Rahul,Priya,Amit,Anjali,Suresh,Kavita,Vikram,Neha,Arjun,Pooja,Sanjay,Deepa',
    'Sharma,Patel,Singh,Kumar,Gupta,Reddy,Nair,Iyer,Mehta,Joshi,Das,Verma',
  ],
  [
    'FR',
    'Camille,Louis,Chloé,Hugo,Manon,Nicolas,Léa,Antoine,Claire,Julien',
    'Martin,Bernard,Dubois,Petit,Durand,Leroy,Moreau,Laurent,Lefebvre,Girard',
  ],
  [
    'DE',
    'Lukas,Anna,Felix,Lena,Jonas,Laura,Maximilian,Katharina,Stefan,Julia',
    'Müller,Schmidt,Schneider,Fischer,Weber,Meyer,Wagner,Becker,Schulz,Hoffmann',
  ],
  [
    'NP',
    'Bikash,Sita,Ramesh,Gita,Prakash,Sunita,Dipak,Anita',
    'Shrestha,Gurung,Tamang,Rai,Thapa,Adhikari,Karki,Magar',
  ],
  [
    'RU',
    'Ivan,Anna,Dmitry,Elena,Alexei,Olga,Sergey,Natalia,Mikhail,Tatiana',
    'Smirnov,Popov,Sokolov,Lebedev,Kozlov,Novikov,Morozov,Volkov,Fedorov,Orlov',
  ],
  [
    'EG',
    'Ahmed,Fatma,Mahmoud,Mona,Mostafa,Nour,Karim,Salma,Tarek,Heba',
    'El-Sayed,Fathy,Gaber,Shawky,Mansour,Farouk,Naguib,Ramzy,Helmy,Sobhy',
  ],
  [
    'ID',
    'Budi,Siti,Agus,Dewi,Eko,Rina,Andi,Putri,Joko,Wulan',
    'Santoso,Wijaya,Saputra,Lestari,Hidayat,Nugroho,Setiawan,Rahayu,Kurniawan,Permata',
  ],
]

const FIRM_NAMES =
  'Blue River,Oakwood,Silverline,Northgate,Brightstone,Maple,Harbor View,Evergreen,Summit,Crestline,Lakeside,Redwood,Pinnacle,Horizon,Westfield,Granite,Meadow,Falcon,Cedar Point,Stonebridge,Clearwater,Orchid,Ironwood,Sunrise,Kingfisher,Atlas,Nova,Delta,Orion,Vertex,Asahi,Sakura,Fuji,Yamato,Hikari,Mirai,Kaede,Hokuto,Tsubasa,Aozora'
const FIRM_FIELDS =
  'Trading,Foods,Logistics,Engineering,Construction,Electronics,Technology,Services,Industries,Consulting,Marine,Energy,Textile,Chemical,Motors,Holdings,International,Systems,Design,Pharma'
const FIRM_FORMS = 'Co., Ltd.,Ltd.,Inc.,LLC,Corporation,Limited,GmbH,S.A.,Pte. Ltd.,K.K.'
const JAPANESE_FIRMS = `東和 トウワ Towa,大栄 ダイエイ Daiei,丸山 マルヤマ Maruyama,富士 フジ Fuji,三協 サンキョウ Sankyo,日進 ニッシン Nisshin,共栄 キョウエイ Kyoei,光洋 コウヨウ Koyo,新生 シンセイ Shinsei,昭和 ショウワ Showa,平和 ヘイワ Heiwa,栄光 エイコウ Eiko,北斗 ホクト Hokuto,南海 ナンカイ Nankai,西田 ニシダ Nishida,山一 ヤマイチ Yamaichi,松屋 マツヤ Matsuya,大成 タイセイ Taisei,明和 メイワ Meiwa,泰平 タイヘイ Taihei,高砂 タカサゴ Takasago,旭 アサヒ Asahi,宝 タカラ Takara,さくら サクラ Sakura,ひかり ヒカリ Hikari,みなと ミナト Minato,青葉 アオバ Aoba,若葉 ワカバ Wakaba,双葉 フタバ Futaba,千代田 チヨダ Chiyoda`
const JAPANESE_FIELDS = `商事 ショウジ Shoji,工業 コウギョウ Kogyo,建設 ケンセツ Construction,運輸 ウンユ Transport,食品 ショクヒン Foods,電機 デンキ Electric,産業 サンギョウ Industries,物流 ブツリュウ Logistics,製作所 セイサクショ Works,印刷 インサツ Printing,化学 カガク Chemical,興業 コウギョウ Kogyo,商店 ショウテン Shoten,不動産 フドウサン Real Estate,システム システム Systems`

export type OrdinaryGroup = 'japanese_people' | 'foreign_people' | 'japanese_companies' | 'foreign_companies'

export interface OrdinarySubject {
  group: OrdinaryGroup
  subject: ScreeningSubject
}

const rows = (text: string) => text.split(',').map(row => row.split(' '))

/** Everyday subjects that are on no list: 5,000 Japanese people, 1,500 foreign people, 2,500 Japanese and 1,000 foreign companies of each 10,000. */
export function ordinarySubjects(count: number, seed: number): OrdinarySubject[] {
  const random = dice(seed)
  const makers: readonly (readonly [
    OrdinaryGroup,
    number,
    (random: Dice) => Omit<ScreeningSubject, 'id'>,
  ])[] = [
    ['japanese_people', 0.5, japanesePerson],
    ['foreign_people', 0.15, foreignPerson],
    ['japanese_companies', 0.25, japaneseCompany],
    ['foreign_companies', 0.1, foreignCompany],
  ]
  const made: OrdinarySubject[] = []
  for (const [group, share, make] of makers) {
    for (let i = 0; i < Math.round(count * share); i += 1)
      made.push({ group, subject: { id: `${group}-${i}`, ...make(random) } })
  }
  return made
}

function birth(random: Dice): string {
  return `${1940 + random.below(66)}-${String(1 + random.below(12)).padStart(2, '0')}-${String(1 + random.below(28)).padStart(2, '0')}`
}

function japanesePerson(random: Dice): Omit<ScreeningSubject, 'id'> {
  const [family, familyKana] = random.pick(rows(JAPANESE_FAMILIES)) as [string, string]
  const [given, givenKana] = random.pick(rows(JAPANESE_GIVEN)) as [string, string]
  return {
    kind: 'person',
    name: `${family} ${given}`,
    nameKana: random.chance(0.8) ? `${familyKana} ${givenKana}` : familyKana + givenKana,
    country: 'JP',
    ...(random.chance(0.7) && { birthDate: birth(random) }),
  }
}

function foreignPerson(random: Dice): Omit<ScreeningSubject, 'id'> {
  const [country, given, family] = random.pick(FOREIGN)
  const first = random.pick(given.split(','))
  const last = random.pick(family.split(','))
  const name = random.chance(0.5) ? `${first} ${last}` : `${last} ${first}`
  return {
    kind: 'person',
    name,
    ...(random.chance(0.7) && { birthDate: birth(random) }),
    ...(random.chance(0.7) && { country }),
  }
}

function japaneseCompany(random: Dice): Omit<ScreeningSubject, 'id'> {
  const [name, kana, english] = random.pick(rows(JAPANESE_FIRMS)) as [string, string, string]
  const [field, fieldKana, ...fieldEnglish] = random.pick(rows(JAPANESE_FIELDS)) as [string, string, string]
  const written = random.chance(0.6) ? `株式会社${name}${field}` : `${name}${field}株式会社`
  return {
    kind: 'company',
    name: written,
    nameKana: `${kana}${fieldKana}`,
    nameEn: `${english} ${fieldEnglish.join(' ')} Co., Ltd.`,
    country: 'JP',
  }
}

function foreignCompany(random: Dice): Omit<ScreeningSubject, 'id'> {
  const fields = random.chance(0.3)
    ? `${random.pick(FIRM_FIELDS.split(','))} ${random.pick(FIRM_FIELDS.split(','))}`
    : random.pick(FIRM_FIELDS.split(','))
  return {
    kind: 'company',
    name: `${random.pick(FIRM_NAMES.split(','))} ${fields} ${random.pick(FIRM_FORMS.split(/,(?! )/u))}`,
  }
}
