import { deflateRawSync } from 'node:zlib'
import ExcelJS from 'exceljs'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { Refusal } from '../../../platform/commands/refusal.ts'
import type { FileRow } from './file-table.ts'
import { openImportFile } from './read-file.ts'
import { openTable, type TableChoice } from './read-table.ts'

/** Reads a whole file as the program does: opened, its table chosen, every row. */
async function readImportFile(fileName: string, bytes: Buffer, choice: Partial<TableChoice> = {}) {
  const file = await openImportFile(fileName, bytes)
  const table = await openTable(file, { isKnown: heading => heading === '法人名', ...choice })
  const rows: FileRow[] = []
  for await (const lot of table.rows()) rows.push(...lot)
  return { ...file, ...table, rows }
}

const csv = (text: string) => Buffer.from(text, 'utf8')

async function workbook(fill: (sheet: ExcelJS.Worksheet) => void): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  fill(book.addWorksheet('台帳'))
  return Buffer.from(await book.xlsx.writeBuffer())
}

/** A zip with one deflated entry per name; sizes in the headers may lie. */
function zipOf(entries: Record<string, Buffer>, declared?: number): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(entries)) {
    const packed = deflateRawSync(content, { level: 9 })
    const size = declared ?? content.length
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(size, 22)
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(size, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(offset, 42)
    parts.push(local, Buffer.from(name), packed)
    directory.push(entry, Buffer.from(name))
    offset += 30 + name.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(entries).length, 8)
  end.writeUInt16LE(Object.keys(entries).length, 10)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, ...directory, end])
}

const header = '法人名,法人番号,電話番号'
const manyColumns = Array.from({ length: 10_000 }, (_, at) => `列${at}`).join(',')
const workbookParts = (sheets: Record<string, Buffer>) => ({
  'xl/workbook.xml': csv(
    `<workbook xmlns:r="r"><sheets>${Object.keys(sheets)
      .map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`)
      .join('')}</sheets></workbook>`,
  ),
  'xl/_rels/workbook.xml.rels': csv(
    `<Relationships>${Object.keys(sheets)
      .map((name, at) => `<Relationship Id="rId${at + 1}" Target="worksheets/${name}.xml"/>`)
      .join('')}</Relationships>`,
  ),
  ...Object.fromEntries(
    Object.entries(sheets).map(([name, content]) => [`xl/worksheets/${name}.xml`, content]),
  ),
})
const rawSheet = (content: string | Buffer) =>
  zipOf(workbookParts({ s1: typeof content === 'string' ? csv(content) : content }))
const bomb = zipOf(
  workbookParts({ s1: Buffer.concat([csv('<worksheet>'), Buffer.alloc(60 * 2 ** 20, '<row></row>')]) }),
  1000,
)

/** What is wrong, the file, and the refusal: code and the place its sentence begins with. */
const hostile: [string, string, Buffer | (() => Promise<Buffer>), string, string][] = [
  ['an empty file', '空.csv', Buffer.alloc(0), 'file_must_not_be_empty', '空.csv：'],
  ['an ending which is no table', '台帳.pdf', csv('%PDF-1.7'), 'file_kind_must_be_accepted', '台帳.pdf：'],
  [
    'UTF-16',
    '台帳.csv',
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(header, 'utf16le')]),
    'file_must_be_utf8_or_cp932',
    '台帳.csv 1行 1列：',
  ],
  [
    'bytes of neither encoding',
    '台帳.csv',
    Buffer.concat([
      csv(`${header}\n甲社,1,2\n`),
      Buffer.from('乙社,'),
      Buffer.from([0x81, 0xff, 0xfd, 0x0a]),
    ]),
    'file_must_be_utf8_or_cp932',
    '台帳.csv 3行 ',
  ],
  [
    'EUC-JP',
    '台帳.csv',
    iconv.encode(`${header}\n㈱髙橋製作所,1,2\n`, 'EUC-JP'),
    'file_must_be_utf8_or_cp932',
    '台帳.csv ',
  ],
  [
    'a picture called csv',
    '台帳.csv',
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]),
    'file_must_be_text',
    '台帳.csv 3行：',
  ],
  [
    'a zip called csv',
    '台帳.csv',
    zipOf({ 'a.txt': csv('a') }),
    'file_content_must_match_its_name',
    '台帳.csv：',
  ],
  ['a csv called xlsx', '台帳.xlsx', csv(header), 'file_content_must_match_its_name', '台帳.xlsx：'],
  [
    'a zip called xlsx',
    '台帳.xlsx',
    zipOf({ 'word/document.xml': csv('<w/>') }),
    'file_content_must_match_its_name',
    '台帳.xlsx：',
  ],
  [
    'a workbook cut in the middle',
    '台帳.xlsx',
    async () => (await workbook(sheet => sheet.addRow(['法人名']))).subarray(0, 900),
    'file_must_not_be_damaged',
    '台帳.xlsx：',
  ],
  [
    'a zip bomb which lies about its size',
    '台帳.xlsx',
    bomb,
    'file_must_not_unpack_too_large',
    '台帳.xlsx：',
  ],
  [
    'one text without end',
    '台帳.xlsx',
    rawSheet(Buffer.concat([csv('<worksheet><row><c t="str"><v>'), Buffer.alloc(3 * 2 ** 20, 0x41)])),
    'file_must_not_be_damaged',
    '台帳.xlsx：',
  ],
  [
    'entities that blow up',
    '台帳.xlsx',
    rawSheet('<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><row><c><v>&a;</v></c></row></worksheet>'),
    'file_must_not_be_damaged',
    '台帳.xlsx：',
  ],
  [
    'tags nested without end',
    '台帳.xlsx',
    rawSheet('<a>'.repeat(10_000)),
    'file_must_not_be_damaged',
    '台帳.xlsx：',
  ],
  [
    'a password',
    '台帳.xlsx',
    Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(600)]),
    'file_content_must_match_its_name',
    '台帳.xlsx：パスワード付きか古い形式',
  ],
  [
    'macros',
    '台帳.xlsx',
    zipOf({ 'xl/workbook.xml': csv('<w/>'), 'xl/vbaProject.bin': csv('x') }),
    'workbook_must_hold_no_macro',
    '台帳.xlsx：',
  ],
  [
    'a heading that is a formula',
    '台帳.xlsx',
    () =>
      workbook(sheet => {
        sheet.getCell('A1').value = '法人名'
        sheet.getCell('B1').value = { formula: '1+1' }
        sheet.addRow(['甲社', '2'])
      }),
    'headings_must_be_text',
    '台帳.xlsx 1行 2列：',
  ],
  ['an empty workbook', '台帳.xlsx', () => workbook(() => {}), 'file_must_hold_rows', '台帳.xlsx：'],
  [
    '10,000 columns in a workbook',
    '台帳.xlsx',
    () =>
      workbook(sheet => {
        sheet.getCell(1, 10_000).value = '遠い列'
      }),
    'columns_must_not_be_too_many',
    '台帳.xlsx 1行 301列：',
  ],
  [
    '10,000 columns',
    '台帳.csv',
    csv(`${manyColumns}\n`),
    'columns_must_not_be_too_many',
    '台帳.csv 1行 301列：',
  ],
  [
    'one huge line',
    '台帳.csv',
    csv(`${header}\n甲社,1,2\n${'あ'.repeat(2_000_000)}`),
    'line_must_not_be_too_long',
    '台帳.csv 3行：',
  ],
  [
    'a huge cell',
    '台帳.csv',
    csv(`${header}\n${'あ'.repeat(6_000)},1,2\n`),
    'cell_must_not_be_too_long',
    '台帳.csv 2行 1列：',
  ],
  [
    'a quote never closed',
    '台帳.csv',
    csv(`${header}\n"甲社,1,2\n乙社,1,2\n`),
    'quotes_must_be_closed',
    '台帳.csv 2行：',
  ],
  [
    'text after a closing quote',
    '台帳.csv',
    csv(`${header}\n甲社,1,2\n"乙"社,1,2\n`),
    'quotes_must_be_doubled_inside',
    '台帳.csv 3行 1列：',
  ],
  ['headings of blanks only', '台帳.csv', csv(',,\n甲社,1,2\n'), 'file_must_hold_rows', '台帳.csv 3行：'],
  ['blanks only', '台帳.csv', csv(',,\n,,\n'), 'file_must_hold_rows', '台帳.csv：'],
  ['no rows', '台帳.csv', csv(`${header}\n`), 'file_must_hold_rows', '台帳.csv 2行：'],
  [
    'a row wider than the header',
    '台帳.csv',
    csv(`${header}\n甲社,1,2,東京都,千代田区\n`),
    'row_must_fit_the_header',
    '台帳.csv 2行 5列：',
  ],
  [
    'semicolons',
    '台帳.csv',
    csv('法人名;法人番号\n甲社;1\n'),
    'columns_must_be_separated_by_commas',
    '台帳.csv 1行：',
  ],
  [
    'too many rows',
    '台帳.csv',
    csv(`法人名\n${'甲\n'.repeat(200_001)}`),
    'rows_must_not_be_too_many',
    '台帳.csv 200002行：',
  ],
]

describe('a hostile file', () => {
  it.each(hostile)(
    'with %s is refused with its place and a remedy',
    async (_what, name, content, code, place) => {
      const bytes = typeof content === 'function' ? await content() : content
      const refusal = await readImportFile(name, bytes).then(
        () => null,
        (error: unknown) => error,
      )
      expect(refusal).toBeInstanceOf(Refusal)
      const [reason] = (refusal as Refusal).reasons
      expect(reason?.code).toBe(code)
      expect(reason?.message?.startsWith(place), reason?.message).toBe(true)
    },
  )
})

describe('an honest file', () => {
  const text = `${header}\r\n"株式会社, 甲",1,"03\n1234"\r\n\r\n㈱髙橋,２,\r\n`

  it.each([
    ['UTF-8', csv(text), 'UTF-8'],
    ['UTF-8 with BOM', csv(`\ufeff${text}`), 'UTF-8'],
    ['CP932', iconv.encode(text, 'CP932'), 'CP932'],
  ])('in %s is read with its lines', async (_name, bytes, encoding) => {
    const table = await readImportFile('台帳.csv', bytes)
    expect(table.encoding).toBe(encoding)
    expect(table.header).toEqual(['法人名', '法人番号', '電話番号'])
    expect(table.rows.map(row => [row.line, row.cells])).toEqual([
      [2, ['株式会社, 甲', '1', '03\n1234']],
      [5, ['㈱髙橋', '２', '']],
    ])
  })

  it('in an office workbook is read below its title, with dates, percentages, readings and numbers kept as text', async () => {
    const book = new ExcelJS.Workbook()
    const cover = book.addWorksheet('表紙')
    cover.getCell('B2').value = '顧客台帳'
    const hidden = book.addWorksheet('作業用', { state: 'hidden' })
    hidden.addRow(['法人名'])
    const sheet = book.addWorksheet('台帳')
    sheet.getCell('A1').value = '顧客台帳（2026年11月現在）'
    sheet.mergeCells('A1:D1')
    sheet.getRow(3).values = ['法人名', '掛目', '開始日', '郵便番号']
    sheet.getRow(4).values = ['株式会社甲', 0.85, 36617, '0600001']
    sheet.getCell('B4').numFmt = '0%'
    sheet.getCell('C4').numFmt = '[$-411]ggge"年"m"月"d"日"'
    sheet.getRow(6).values = ['株式会社乙', 0.1 + 0.2, new Date('2001-04-01T13:30:00Z'), 600001]
    const bytes = Buffer.from(await book.xlsx.writeBuffer())
    const table = await readImportFile('台帳.xlsx', bytes, { sheet: '台帳' })
    expect(table.sheets).toEqual([
      { name: '表紙', hidden: false },
      { name: '作業用', hidden: true },
      { name: '台帳', hidden: false },
    ])
    expect(table).toMatchObject({ headingLine: 3, header: ['法人名', '掛目', '開始日', '郵便番号'] })
    expect(table.rows.map(row => [row.line, row.cells])).toEqual([
      [4, ['株式会社甲', '85%', '2000-04-01', '0600001']],
      [6, ['株式会社乙', '0.3', '2001-04-01 13:30', '600001']],
    ])
  })

  it('carries the value of merged cells into the lines below, in headings of two rows and in the data', async () => {
    const bytes = await workbook(sheet => {
      sheet.addRow(['顧客台帳'])
      sheet.addRow(['法人名', '連絡先', '', '請求書番号'])
      sheet.addRow(['', '電話', '住所', ''])
      sheet.addRow(['株式会社甲', '03-1234-5678', '東京都', 'A-1'])
      sheet.addRow(['', '', '大阪府', 'A-2'])
      sheet.addRow(['', '', '', ''])
      sheet.addRow(['株式会社乙', '', '', 'B-1'])
      for (const range of ['A1:D1', 'A2:A3', 'B2:C2', 'D2:D3', 'A4:A6', 'B4:B6']) sheet.mergeCells(range)
    })
    const known = ['法人名', '電話', '住所', '請求書番号']
    const table = await readImportFile('台帳.xlsx', bytes, { isKnown: heading => known.includes(heading) })
    expect(table).toMatchObject({ headingLine: 3, header: known })
    expect(table.rows.map(row => [row.line, row.cells])).toEqual([
      [4, ['株式会社甲', '03-1234-5678', '東京都', 'A-1']],
      [5, ['株式会社甲', '03-1234-5678', '大阪府', 'A-2']],
      [7, ['株式会社乙', '', '', 'B-1']],
    ])
  })

  it('has its headings where somebody says, and says so when nothing stands there', async () => {
    const bytes = csv('法人名の一覧,\n見出し,備考\n株式会社甲,a\n')
    expect((await readImportFile('台帳.csv', bytes, { headingLine: 2 })).header).toEqual(['見出し', '備考'])
    await expect(readImportFile('台帳.csv', bytes, { headingLine: 9 })).rejects.toBeInstanceOf(Refusal)
    await expect(readImportFile('台帳.csv', bytes, { sheet: '別紙' })).rejects.toBeInstanceOf(Refusal)
  })

  it('reads furigana above characters as no part of the name', async () => {
    const strings =
      '<sst><si><t>法人名</t></si><si><t>甲社</t><rPh sb="0" eb="2"><t>コウシャ</t></rPh></si></sst>'
    const sheet =
      '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row></sheetData></worksheet>'
    const bytes = zipOf({ ...workbookParts({ s1: csv(sheet) }), 'xl/sharedStrings.xml': csv(strings) })
    expect((await readImportFile('台帳.xlsx', bytes)).rows[0]!.cells).toEqual(['甲社'])
  })

  it('keeps a character of two halves whole wherever it lies in a long file', async () => {
    const text = `法人名\n${Array.from({ length: 30_000 }, () => '𠮷野').join('\n')}\n`
    const table = await readImportFile('台帳.csv', csv(text))
    expect(new Set(table.rows.map(row => row.cells[0]))).toEqual(new Set(['𠮷野']))
  })

  it('marks formulas of both formats by their column', async () => {
    const fromCsv = await readImportFile('台帳.csv', csv('法人名,資本金\n"=""株式会社""&""数式""",-100\n'))
    expect(fromCsv.rows[0]!.unusable).toEqual([{ column: 0, what: 'formula' }])
    const bytes = await workbook(sheet => {
      sheet.addRow(['法人名', '設立日', '番号', '合計'])
      sheet.addRow([
        { richText: [{ text: '株式会社' }, { text: '甲' }] },
        new Date('2001-04-01'),
        7000012050002,
        { formula: 'A1', result: 'x' },
      ])
    })
    const fromXlsx = await readImportFile('台帳.xlsx', bytes)
    expect(fromXlsx).toMatchObject({ sheet: '台帳', header: ['法人名', '設立日', '番号', '合計'] })
    expect(fromXlsx.rows[0]!.cells.slice(0, 3)).toEqual(['株式会社甲', '2001-04-01', '7000012050002'])
    expect(fromXlsx.rows[0]!.unusable).toEqual([{ column: 3, what: 'formula' }])
  })
})
