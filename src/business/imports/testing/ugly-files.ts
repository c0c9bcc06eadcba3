import ExcelJS from 'exceljs'
import iconv from 'iconv-lite'
import type { GivenFile } from './drive.ts'

/** Files as offices keep them: titles, headings in two merged rows, notes, hidden rows and sheets, totals, empty columns, several spellings of everything. */

async function bookOf(fileName: string, fill: (book: ExcelJS.Workbook) => void): Promise<GivenFile> {
  const book = new ExcelJS.Workbook()
  fill(book)
  return { fileName, bytes: Buffer.from(await book.xlsx.writeBuffer()) }
}

/** Cells from A1 on; what is null stays empty. */
function put(sheet: ExcelJS.Worksheet, line: number, values: readonly ExcelJS.CellValue[]): void {
  for (const [at, value] of values.entries()) if (value !== null) sheet.getCell(line, at + 1).value = value
}

/** Customers of an old ledger, amounts in 千円. */
export const uglyCustomers = () =>
  bookOf('取引先台帳.xlsx', book => {
    put(book.addWorksheet('表紙'), 2, [null, '取引先台帳　一式'])
    const sheet = book.addWorksheet('取引先一覧')
    put(sheet, 1, ['取引先一覧表'])
    sheet.mergeCells('A1:K1')
    put(sheet, 2, ['2026年10月31日現在', ...Array(8).fill(null), '（単位：千円）'])
    put(sheet, 4, [
      '取引先コード',
      '会社名',
      'フリガナ',
      '設立年月日',
      '本店',
      null,
      null,
      null,
      '資本金',
      '備考',
      '備考',
    ])
    put(sheet, 5, [null, null, null, null, '郵便番号', '住所', '電話番号'])
    for (const column of ['A', 'B', 'C', 'D', 'I', 'J', 'K']) sheet.mergeCells(`${column}4:${column}5`)
    sheet.mergeCells('E4:G4')
    put(sheet, 6, [
      1,
      '㈱朝日ドレイク商会',
      'ｱｻﾋﾄﾞﾚｲｸｼｮｳｶｲ',
      '昭和62年4月1日',
      1000005,
      '東京都千代田区丸の内１丁目１－１',
      312345678,
      null,
      '10,000',
      '大口\n月末締',
    ])
    put(sheet, 7, [
      2,
      '有限会社 みどりライン運輸',
      'ﾐﾄﾞﾘﾗｲﾝｳﾝﾕ',
      36_617,
      '530-0001',
      '大阪府大阪市北区梅田1-1-1',
      '06-6345-6789',
      null,
      '▲3,000',
    ])
    sheet.getCell('D7').numFmt = 'yyyy/m/d'
    put(sheet, 8, [
      3,
      '（株）さくら電設工業',
      'ｻｸﾗﾃﾞﾝｾﾂｺｳｷﾞｮｳ',
      'H12.6.15',
      '〒460-0008',
      '愛知県名古屋市中区栄３－１',
      '052-123-4567',
      null,
      '5000千円',
    ])
    put(sheet, 9, [
      '000004',
      '合同会社ノース製作所',
      'ノースセイサクショ',
      '2015/9/30',
      '0600001',
      '北海道札幌市中央区北一条西2丁目',
      '011-222-3333',
      null,
      3_000,
    ])
    sheet.getRow(9).hidden = true
    sheet.getCell('B6').note = '旧社名：朝日商会'
    put(sheet, 10, ['合　計', '4社', ...Array(6).fill(null), { formula: 'SUM(I6:I9)', result: 0 } as never])
    put(sheet, 40, [' '])
    const old = book.addWorksheet('旧データ')
    old.state = 'hidden'
    put(old, 1, ['会社名', '住所', '電話番号'])
    put(old, 2, ['株式会社昔'])
  })

/** Contracts as a CSV of an old Windows program, with line breaks inside headings and cells. */
export const uglyContracts = (): GivenFile => ({
  fileName: '契約一覧.csv',
  bytes: iconv.encode(
    [
      '契約一覧表,,,,,,,,,,',
      '',
      '"契約\r\n番号",取引先コード,会社名,取引形態,掛目,手数料率,契約日,満了日,送金日数,"反社\r\n条項",備考',
      'K-01,1,㈱朝日ドレイク商会,２社間,80%,5%,令和7年4月1日,R9.3.31,3,有,"更新\r\n予定"',
      'K-03,000003,,三社間,９割,2.5％,45748,,,○,',
      'K-04,1,,2社間,120%,5%,2025/2/30,,,あり,',
      ',,,,,,,,,,',
      '',
    ].join('\r\n'),
    'cp932',
  ),
})

/** Open claims: clients in merged cells over several lines, two dates and two amounts under headings of groups. */
export const uglyClaims = () =>
  bookOf('債権残高.xlsx', book => {
    const sheet = book.addWorksheet('10月末')
    put(sheet, 1, ['買取債権残高一覧（10月末）'])
    sheet.mergeCells('A1:L1')
    put(sheet, 3, [
      '利用者コード',
      '売掛先コード',
      '請求書番号',
      '請求',
      null,
      null,
      '買取',
      null,
      null,
      '入金済額',
      '残高',
      '契約番号',
    ])
    put(sheet, 4, [null, null, null, '日付', '支払期日', '金額', '日付', '金額', '前渡額'])
    for (const column of ['A', 'B', 'C', 'J', 'K', 'L']) sheet.mergeCells(`${column}3:${column}4`)
    sheet.mergeCells('D3:F3')
    sheet.mergeCells('G3:I3')
    put(sheet, 5, [
      1,
      'U001',
      'INV-0001',
      '2026/9/1',
      '2026/11/30',
      1_100_000,
      '2026/9/10',
      1_000_000,
      800_000,
      0,
      1_000_000,
      'K-01',
    ])
    put(sheet, 6, [
      null,
      'U002',
      '000123',
      '令和8年8月1日',
      'R8.10.31',
      '600,000',
      '2026/8/10',
      '500,000',
      '400,000',
      '150,000',
      '350,000',
    ])
    put(sheet, 7, [3, 'U001', 'INV-777', 46_266, 46_387, 300_000, 46_280, 300_000, 270_000, null, 300_000])
    put(sheet, 8, [
      null,
      'U002',
      'INV-778',
      '2026/9/1',
      '2026/12/31',
      300_000,
      '2026/9/15',
      300_000,
      270_000,
      '▲1000',
      250_000,
    ])
    sheet.mergeCells('A5:A6')
    sheet.mergeCells('A7:A8')
    put(sheet, 9, ['合　計', ...Array(9).fill(null), { formula: 'SUM(K5:K8)', result: 1_900_000 } as never])
  })

/** Balances of accounts with their title, the day and a total below. */
export const uglyBalances = (): GivenFile => ({
  fileName: '残高.csv',
  bytes: iconv.encode(
    [
      '科目残高表',
      '令和8年11月20日現在',
      '勘定科目,摘要,会社名,残高',
      '普通預金,みずほ銀行,,"¥12,345,678-"',
      '仮受金,,㈱朝日ドレイク商会,"300,000円"',
      '買取債権,,,"1,650,000"',
      '利用者求償債権,,㈱朝日ドレイク商会,△100',
      '合計,,,"14,295,578"',
    ].join('\r\n'),
    'cp932',
  ),
})
