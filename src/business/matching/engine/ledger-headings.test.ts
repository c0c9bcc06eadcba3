import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { runMatch } from './index.ts'
import { guessColumns } from './ledger-headings.ts'
import { ownFolder } from './testing/own-folder.ts'

/** Field names in the order of the columns, '' for a column without a meaning, + for a further part of the address. */
function guessed(headings: string, sample: string[] = []): string[] {
  const names = headings.split(',')
  const { fields, addressParts } = guessColumns(
    names,
    sample.map(line => line.split(',')),
  )
  const found = Object.fromEntries(Object.entries(fields).map(([field, column]) => [column, field]))
  return names.map((_, column) => found[column] ?? (addressParts.includes(column) ? '+' : ''))
}

test.each([
  [
    '取引先コード,会社名,会社名カナ,英文名,法人番号,登録番号,〒,住所,TEL,代表者,設立',
    'id,name,name_kana,name_en,corporate_number,invoice_registration_number,postal_code,address,phone,representative,established_on',
  ],
  [
    'No.,商号又は名称,商号（フリガナ）,業種,法人番号（13桁）,インボイス番号,郵便番号,都道府県,市区町村・番地,建物名,電話,FAX番号,代表取締役,創業年月日,担当者,備考',
    'id,name,name_kana,,corporate_number,invoice_registration_number,postal_code,address,+,+,phone,,representative,established_on,,',
  ],
  [
    'Customer ID,Company Name,Kana,English Name,Corporate No.,Invoice No.,ZIP,Address,Tel,CEO,Founded,Email,Contact Person',
    'id,name,name_kana,name_en,corporate_number,invoice_registration_number,postal_code,address,phone,representative,established_on,,',
  ],
  [
    '顧客ID,得意先名,ﾌﾘｶﾞﾅ,本社所在地,電話番号１,電話番号２,ＦＡＸ,代表者氏名,代表者カナ,法人№,与信枠',
    'id,name,name_kana,address,phone,,,representative,,corporate_number,',
  ],
  [
    'record_id,entity_corporate_number,snapshot,edinet_code,name,name_kana,name_en,address,industry',
    'id,corporate_number,,,name,name_kana,name_en,address,',
  ],
  ['支店住所,住所１,住所２,代表者住所,社名,担当者電話,電話番号', ',address,+,,name,,phone'],
  ['代表者電話番号,代表電話番号,代表者名,代表者生年月日,取引先', ',phone,representative,,name'],
  ['id,entity_id,name,登録日,設立年月日', 'id,,name,,established_on'],
  [
    ',kaisha_mei,jusho,denwa_bango,daihyosha,hojin_bango',
    'id,name,address,phone,representative,corporate_number',
  ],
])('%s are understood', (headings, fields) => {
  expect(guessed(headings)).toEqual(fields.split(','))
})

test('columns whose headings say nothing are told by their values, and a number column that holds none is another', () => {
  const rows = Array.from(
    { length: 8 },
    (_, k) =>
      `K${k},株式会社${'甲乙丙丁戊己庚辛'[k]}商店,7000012050002,03-1234-567${k},東京都港区芝${k + 1}-2-3,x`,
  )
  expect(guessed('登録番号,A,B,C,D,E', rows)).toEqual([
    'id',
    'name',
    'corporate_number',
    'phone',
    'address',
    '',
  ])
})

test('a CP932 file with own headings, an address in parts and no ids is resolved; rows are called by their lines', async () => {
  const folder = await ownFolder()
  const ledger = [
    '"法人番号\n（13桁）",お取引先名,都道府県,住所,ＴＥＬ',
    ',㈱山田商店,東京都,東京都港区芝浦1-2-3,03-1234-5678',
    ',株式会社山田商店,東京都,港区芝浦一丁目2番3号,0312345678',
    ',鈴木建設,大阪府,大阪市北区中之島1-1,06-1111-2222',
  ].join('\r\n')
  await writeFile(join(folder, 'ledger.csv'), iconv.encode(ledger, 'cp932'))
  const outFile = join(folder, 'clusters.csv')
  const report = await runMatch({ ledgerFile: join(folder, 'ledger.csv'), outFile, threads: 1 })
  expect(report.unknownColumns).toEqual([])
  const lines = (await readFile(outFile, 'utf8')).trim().split('\n').slice(1)
  expect(lines.map(line => line.split(',').slice(0, 2))).toEqual([
    ['3', '3'],
    ['4', '3'],
    ['5', '5'],
  ])
})
