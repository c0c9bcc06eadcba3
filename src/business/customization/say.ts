import type { Db, Tx } from '../../platform/database/database.ts'
import type { Json } from '../../platform/trail/canonical.ts'
import { staffNames } from '../access/index.ts'
import type { CustomField } from './contract.ts'

export const MASK = '●●●●●●'

/** Values as people read them, in the order given: choices in words, yen with their sign, colleagues and documents by name. */
export async function textsOf(
  db: Db | Tx,
  values: readonly { field: CustomField; value: Json }[],
): Promise<string[]> {
  const ids = (type: CustomField['type']) =>
    values
      .filter(({ field, value }) => field.type === type && value !== null)
      .map(({ value }) => String(value))
  const [staff, files] = [ids('staff'), ids('file')]
  const names = staff.length ? await staffNames(db, staff) : new Map<string, string>()
  const documents = files.length
    ? await db.selectFrom('document').select(['id', 'doc_no']).where('id', 'in', files).execute()
    : []
  const numbers = new Map(documents.map(document => [document.id, document.doc_no]))
  return values.map(({ field, value }) => {
    if (value === null) return ''
    if (field.type === 'staff') return names.get(String(value)) ?? '（不明）'
    if (field.type === 'file') return numbers.get(String(value)) ?? '（不明）'
    return sayValue(field, value)
  })
}

/** A value which needs no look-up, in words. */
export function sayValue(field: Pick<CustomField, 'type' | 'choices'>, value: Json): string {
  const labelOf = (choice: Json) =>
    field.choices.find(known => known.value === choice)?.label ?? String(choice)
  if (field.type === 'choice') return labelOf(value)
  if (field.type === 'multiChoice') return (value as string[]).map(labelOf).join('・')
  if (field.type === 'yen') return `¥${Number(value).toLocaleString('ja-JP')}`
  if (field.type === 'number') return Number(value).toLocaleString('ja-JP', { maximumFractionDigits: 6 })
  return String(value)
}
