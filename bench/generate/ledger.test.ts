import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import iconv from 'iconv-lite'
import { afterAll, describe, expect, test } from 'vitest'
import { otherCharacterForm, typingSlip } from './character-forms.ts'
import { companyCore } from './company-core.ts'
import { encodeCp932, isInCp932 } from './cp932.ts'
import { corporateCheckDigit } from './identifiers.ts'
import { generateLedger, LEDGER_HEADINGS, ledgerEntries } from './ledger.ts'
import { JAPANESE_HEADINGS, writeLedgerCsv, writeLedgerXlsx } from './ledger-files.ts'
import { Random } from './random.ts'

const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
afterAll(() => rmSync(folder, { recursive: true }))

const { rows, truth } = generateLedger({ seed: 7, rows: 4000, duplicateRate: 0.25 })
const hashOf = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex')

describe('ledger', () => {
  test('the same seed gives the same ledger', () => {
    const again = generateLedger({ seed: 7, rows: 4000, duplicateRate: 0.25 })
    expect(hashOf(again)).toBe(hashOf({ rows, truth }))
    expect(hashOf(generateLedger({ seed: 8, rows: 4000, duplicateRate: 0.25 }))).not.toBe(
      hashOf({ rows, truth }),
    )
  })

  test('a larger ledger begins with the smaller one', () => {
    expect(generateLedger({ seed: 7, rows: 500, duplicateRate: 0.25 }).rows).toEqual(rows.slice(0, 500))
  })

  test('every repeat points to an earlier original, and about as many as asked', () => {
    const firstRow = new Map<number, number>()
    truth.forEach((label, at) => {
      if (label.kind === 'original') firstRow.set(label.entity, at)
      else expect(firstRow.get(label.entity)).toBeLessThan(at)
    })
    const repeats = truth.filter(label => label.kind === 'repeat').length
    expect(repeats / truth.length).toBeGreaterThan(0.22)
    expect(repeats / truth.length).toBeLessThan(0.28)
  })

  test('a number labelled right is the company’s own, one labelled mistyped is not', () => {
    rows.forEach((row, at) => {
      const label = truth[at]!
      const own = companyCore(7, label.entity).corporateNumber
      const typed = row.corporate_number.normalize('NFKC').replace(/[^0-9]/g, '')
      if (label.number === 'right') expect(typed).toBe(own)
      if (label.number === 'missing' || label.number === 'has_none') expect(typed).toBe('')
      if (label.number === 'mistyped') expect(typed).not.toBe(own)
      if (label.number === 'of_another') {
        expect(typed).not.toBe(own)
        expect(corporateCheckDigit(typed.slice(1))).toBe(typed[0])
      }
    })
  })

  test('about one corporation in ten has a missing or wrong number at the usual dirt', () => {
    const corporations = truth.filter(label => label.number !== 'has_none')
    const share = corporations.filter(label => label.number !== 'right').length / corporations.length
    expect(share).toBeGreaterThan(0.08)
    expect(share).toBeLessThan(0.12)
  })

  test('a clean ledger writes each company as registered', () => {
    for (const { row, truth: label } of ledgerEntries({ seed: 7, rows: 300, dirt: 'clean' })) {
      const company = companyCore(7, label.entity)
      expect(row.name).toBe(company.tradeName ?? company.legalName)
      expect(row.address).toBe(company.headOffice.original)
      expect(label.marks).toEqual([])
    }
  })

  test('all kinds of dirt appear', () => {
    const marks = new Set(truth.flatMap(label => label.marks))
    for (const mark of [
      'legal_form',
      'character_form',
      'typo',
      'english',
      'bank_name',
      'branch',
      'former_name',
      'moved',
      'noise',
    ])
      expect(marks).toContain(mark)
    expect(rows.some(row => /[ｱ-ﾝ]/.test(row.name_kana))).toBe(true)
    expect(rows.some(row => /平成|昭和|令和/.test(row.established_on))).toBe(true)
  })
})

describe('slips', () => {
  test('the form of characters changes and the legal form stays', () => {
    expect(otherCharacterForm('株式会社', new Random(1, 1, 1))).toBeNull()
    expect(otherCharacterForm('髙', new Random(1, 1, 1))).toBe('高')
    expect(otherCharacterForm('山崎', new Random(1, 1, 1))).toMatch(/^山[﨑嵜]$/)
  })

  test('a slip of a long enough name gives another text', () => {
    for (let at = 0; at < 50; at++)
      expect(typingSlip('ニホンケンセツ', new Random(1, 1, at))).not.toBe('ニホンケンセツ')
    expect(typingSlip('東京', new Random(1, 1, 1))).toBe('東京')
  })
})

describe('files', () => {
  test('CP932 has 髙 and 﨑, lacks 𠮷 and 鷗, and writes what it has as Windows does', () => {
    expect(['髙', '﨑', '㈱', '邉', '𠮷', '鷗'].map(isInCp932)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ])
    const text = '株式会社髙﨑ｱｰ①～ＡＢＣ'
    expect(encodeCp932(text, () => {}).equals(iconv.encode(text, 'cp932'))).toBe(true)
    const lost: string[] = []
    expect(
      iconv.decode(
        encodeCp932('𠮷田〜', character => lost.push(character)),
        'cp932',
      ),
    ).toBe('〓田～')
    expect(lost).toEqual(['𠮷'])
  })

  test('a CP932 file names what it could not write', async () => {
    const path = join(folder, 'cp932.csv')
    const report = await writeLedgerCsv(path, ledgerEntries({ seed: 7, rows: 600 }), {
      encoding: 'cp932',
      headings: 'japanese',
    })
    const lines = iconv.decode(readFileSync(path), 'cp932').trimEnd().split('\r\n')
    expect(lines).toHaveLength(601)
    expect(lines[0]).toBe(Object.values(JAPANESE_HEADINGS).join(','))
    expect(report.rows).toBe(600)
    expect(report.lostCharacters).toBeGreaterThan(0)
    const { row, column } = report.lost[0]!
    expect(lines[row - 1]!.split(',')[(LEDGER_HEADINGS as readonly string[]).indexOf(column)]).toContain('〓')
  })

  test('a refused character leaves no file behind', async () => {
    const path = join(folder, 'refused.csv')
    const options = { encoding: 'cp932', headings: 'external', onLost: 'refuse' } as const
    await expect(writeLedgerCsv(path, ledgerEntries({ seed: 7, rows: 600 }), options)).rejects.toThrow(
      /row \d+, column \w+: 「.」 is not in CP932/u,
    )
    expect(existsSync(path)).toBe(false)
  })

  test('a UTF-8 file and its truth have the same ids', async () => {
    const options = { encoding: 'utf8', headings: 'external', truth: join(folder, 'truth.csv') } as const
    await writeLedgerCsv(join(folder, 'utf8.csv'), ledgerEntries({ seed: 7, rows: 50 }), options)
    const ids = (file: string) =>
      readFileSync(join(folder, file), 'utf8')
        .trimEnd()
        .split('\r\n')
        .map(line => line.split(',')[0])
    expect(ids('truth.csv')).toEqual(ids('utf8.csv'))
  })

  test('a workbook holds the rows as text', async () => {
    const path = join(folder, 'ledger.xlsx')
    const report = await writeLedgerXlsx(path, ledgerEntries({ seed: 7, rows: 40 }), { headings: 'japanese' })
    expect(report.rows).toBe(40)
    const book = new ExcelJS.Workbook()
    await book.xlsx.readFile(path)
    const sheet = book.getWorksheet('顧客台帳')!
    expect(sheet.rowCount).toBe(41)
    expect(sheet.getRow(1).getCell(2).text).toBe('法人名')
    expect(sheet.getRow(2).getCell(2).value).toBe(rows[0]!.name)
  })
})
