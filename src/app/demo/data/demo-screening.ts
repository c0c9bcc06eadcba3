/** One entry of the house list (反社), in the columns of the list file. All names are invented. */
export type HouseListEntry = {
  name: string
  name_kana: string
  kind: 'person' | 'company'
  birth_date: string
  address: string
  reason: string
  source: string
  listed_on: string
}

const SOURCE = '架空の新聞記事（デモ用データ）'

export const DEMO_HOUSE_LIST: readonly HouseListEntry[] = [
  entry(
    '鷹嵐興業株式会社',
    'タカアラシコウギョウ',
    'company',
    '',
    '反社会的勢力の関係企業（架空）',
    '2021-06-18',
  ),
  entry(
    '黒鉄嵐総業',
    'クロガネアラシソウギョウ',
    'company',
    '',
    '反社会的勢力の関係企業（架空）',
    '2019-02-03',
  ),
  entry('有限会社竜嵐企画', 'リュウランキカク', 'company', '', '総会屋等（架空）', '2017-11-22'),
  entry('鬼嵐 剛三', 'オニアラシ ゴウゾウ', 'person', '1958-04-09', '暴力団員（架空）', '2016-08-30'),
  entry('蛇嵐 勇吉', 'ヘビアラシ ユウキチ', 'person', '1963-12-01', '準構成員（架空）', '2020-01-15'),
  entry(
    '烏嵐 玄斎',
    'カラスアラシ ゲンサイ',
    'person',
    '1949-07-27',
    '特殊知能暴力集団等（架空）',
    '2014-05-12',
  ),
  entry(
    '合同会社ブラック嵐企画',
    'ブラックアラシキカク',
    'company',
    '',
    '詐欺事件の関係企業（架空）',
    '2023-09-07',
  ),
  entry('百足嵐商会', 'ムカデアラシショウカイ', 'company', '', '出資法違反の報道（架空）', '2022-03-19'),
]

/** What the screening of the demo's parties must find; names of list entries are as published. */
export type ExpectedHit = {
  party: string
  /** Name of the person in the party, or null for the party itself. */
  person: string | null
  list: 'house' | 'ofac_sdn'
  entryName: string
  verdict: 'open' | 'different'
  reason: string | null
}

export const DEMO_EXPECTED_HITS: readonly ExpectedHit[] = [
  {
    party: 'client-08',
    person: null,
    list: 'house',
    entryName: '鷹嵐興業株式会社',
    verdict: 'open',
    reason: null,
  },
  {
    party: 'client-09',
    person: '高山 潔',
    list: 'ofac_sdn',
    entryName: 'TAKAYAMA, Kiyoshi',
    verdict: 'different',
    reason: '生年月日（1981年と1947年）と漢字表記が異なり、別人と判断。',
  },
]

/** The house list as the file which the list loader reads. */
export function houseListCsv(): string {
  const columns = [
    'name',
    'name_kana',
    'kind',
    'birth_date',
    'address',
    'reason',
    'source',
    'listed_on',
  ] as const
  const lines = DEMO_HOUSE_LIST.map(row => columns.map(column => row[column]).join(','))
  return `${[columns.join(','), ...lines].join('\r\n')}\r\n`
}

function entry(
  name: string,
  kana: string,
  kind: HouseListEntry['kind'],
  birthDate: string,
  reason: string,
  listedOn: string,
): HouseListEntry {
  return {
    name,
    name_kana: kana,
    kind,
    birth_date: birthDate,
    address: '',
    reason,
    source: SOURCE,
    listed_on: listedOn,
  }
}
