import { signingFields } from '../../contracts/fields.ts'
import type { Signing } from '../../contracts/index.ts'
import { renewalLabels } from '../../contracts/labels.ts'
import type { ImportField } from './import-kind.ts'
import { type CellReader, choicesOf } from './read-cells.ts'

/** How a contract was signed and how it goes on, as columns of its file; whoever signed is chosen from the people afterwards. */
export const contractSigningFields: readonly ImportField[] = Object.values(signingFields)
  .filter(field => field.columns.length > 0)
  .map(({ name, label, type, columns, help }) => ({
    name,
    label: label.ja,
    type,
    columns,
    help,
    // 「なし」 answers these.
    ...(type === 'choice' ? { emptyWords: true as const } : {}),
  }))

const yesNo = choicesOf({
  yes: ['はい', 'あり', '有', '済', '済み', '○', '確認済み'],
  no: ['いいえ', 'なし', '無', '未', '×'],
})
const renewals = choicesOf({
  none: [renewalLabels.none, 'なし', '無', '更新なし', '更新無'],
  automatic: [renewalLabels.automatic, '自動', 'あり', '有', '○'],
  by_agreement: [renewalLabels.by_agreement, '合意', '協議'],
})

/** What a row says of the signing; null where none of the columns says anything. */
export function signingIn(cells: CellReader): Signing | null {
  if (contractSigningFields.every(field => cells.text(field.name) === null)) return null
  const flag = (name: string) => {
    const typed = cells.choice(name, yesNo)
    return typed === null ? null : typed === 'yes'
  }
  const text = (name: keyof typeof signingFields, max: number) => cells.text(name)?.slice(0, max) ?? null
  return {
    signerId: null,
    signProvider: text('signProvider', 100),
    envelopeNo: text('envelopeNo', 100),
    signatureValid: flag('signatureValid'),
    stampDutyYen: cells.whole('stampDutyYen'),
    stampCancelled: flag('stampCancelled'),
    renewal: cells.choice('renewal', renewals),
    noticeDays: noticeDaysIn(cells),
    antisocialClauseVersion: text('antisocialClauseVersion', 50),
  }
}

/** 「1か月前」 is thirty days. */
function noticeDaysIn(cells: CellReader): number | null {
  const typed = cells.text('noticeDays')?.normalize('NFKC') ?? null
  if (typed === null) return null
  const found = /^(\d{1,3})(?:([かヶケヵ]月)|日)?前?$/u.exec(typed.replace(/\s/g, ''))
  const days = found ? Number(found[1]) * (found[2] ? 30 : 1) : Number.NaN
  if (days >= 0 && days <= 366) return days
  cells.complain(
    'noticeDays',
    'number_must_be_whole',
    '予告日数は0〜366日で入力してください（例：30、1か月前）。',
  )
  return null
}
