import { coreKey, isCorporateNumber, normalizeCompanyName } from '../../names/index.ts'

/** A corporation as the tax agency publishes it: one row of the file or of the interface's CSV (JR §1.3). */
export interface CorporateEntry {
  corporateNumber: string
  sequenceNo: number
  /** 01 new … 99 removed; see `processLabels`. */
  process: string
  updatedOn: string
  changedOn: string | null
  name: string
  nameCore: string
  kana: string | null
  nameEn: string | null
  kind: string
  pref: string | null
  city: string | null
  street: string | null
  postCode: string | null
  abroad: string | null
  closedOn: string | null
  closeCause: string | null
  successor: string | null
  changeCause: string | null
  nameHasImage: boolean
  hidden: boolean
  /** False: a past state of the corporation. */
  latest: boolean
}

export const CORPORATE_COLUMNS = 30

export type EntryReading =
  | { entry: CorporateEntry; problem: null }
  | { entry: null; problem: { column: string; message: string } }

/**
 * Reads one row of 30 columns without headings (JR §1.3). A row that breaks the layout is a problem naming its column; it is
 * reported and left out, the rest is read.
 */
export function readCorporateRow(cells: readonly string[]): EntryReading {
  if (cells.length !== CORPORATE_COLUMNS)
    return bad(
      'row',
      `${cells.length}列あります（公表ファイルは見出しのない${CORPORATE_COLUMNS}列です）。ファイルの種類を確認してください。`,
    )
  const at = (column: number) => cells[column - 1]?.trim() ?? ''
  const filled = (column: number) => at(column) || null
  if (!isCorporateNumber(at(2)))
    return bad('corporateNumber', `法人番号「${at(2).slice(0, 20)}」は13桁の正しい番号ではありません。`)
  if (!/^[0-9]{2}$/.test(at(3))) return bad('process', `処理区分「${at(3).slice(0, 10)}」は2桁の数字です。`)
  for (const [column, name] of [
    [5, 'updateDate'],
    [6, 'changeDate'],
    [19, 'closeDate'],
  ] as const)
    if (at(column) !== '' && !isDate(at(column)))
      return bad(name, `日付「${at(column).slice(0, 20)}」は 2026-11-23 の形です。`)
  if (at(5) === '') return bad('updateDate', '更新年月日がありません。')
  if (at(7) === '') return bad('name', '商号又は名称がありません。')
  const name = at(7)
  return {
    entry: {
      corporateNumber: at(2),
      sequenceNo: Number(at(1)) || 0,
      process: at(3),
      updatedOn: at(5),
      changedOn: filled(6),
      name,
      nameCore: registerCore(name),
      kana: filled(29),
      nameEn: filled(25),
      kind: at(9),
      pref: filled(10),
      city: filled(11),
      street: filled(12),
      postCode: filled(16),
      abroad: filled(17),
      closedOn: filled(19),
      closeCause: filled(20),
      successor: filled(21),
      changeCause: filled(22),
      nameHasImage: at(8) !== '',
      hidden: at(30) === '1',
      latest: at(24) !== '0',
    },
    problem: null,
  }
}

/** The key a name is looked up by: without legal form, old forms folded. */
export function registerCore(name: string): string {
  return (coreKey(normalizeCompanyName(name).core) || coreKey(name) || name).slice(0, 150)
}

/** The address as one line, as the register prints it. */
export function addressLine(entry: {
  pref: string | null
  city: string | null
  street: string | null
  abroad: string | null
}): string | null {
  const inside = [entry.pref, entry.city, entry.street].filter(part => part !== null).join('')
  return inside || entry.abroad
}

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text
}

function bad(column: string, message: string): EntryReading {
  return { entry: null, problem: { column, message } }
}
