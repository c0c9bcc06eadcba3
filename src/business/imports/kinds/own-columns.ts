import type { Db, Tx } from '../../../platform/database/database.ts'
import type { Id } from '../../../platform/ids/uuid.ts'
import { allStaffNames } from '../../access/index.ts'
import { type CustomField, customFieldsOf, type Mark, marksDefined } from '../../customization/index.ts'
import type { CustomKind } from '../../customization/tables.ts'
import type { ImportKindName } from '../tables.ts'
import type { ImportField } from './import-kind.ts'
import { choiceKey } from './read-cells.ts'

/** Whose own fields the rows of an import may fill; kinds not named here have none. */
export const ownKindOf: Readonly<Partial<Record<ImportKindName, CustomKind>>> = {
  customers: 'party',
  people: 'person',
  accounts: 'bank_account',
  contracts: 'contract',
  claims: 'receivable',
  applications: 'application',
}

/** What a company has defined for a kind of record itself, as an import reads it: decision 0016. */
export interface OwnColumns {
  /** Those which may be moved in: in use, transferable, neither sensitive nor a file. */
  fields: readonly CustomField[]
  statuses: readonly Mark[]
  tags: readonly Mark[]
  /** Colleagues by their name as it is compared; several of one name are ambiguous. */
  staff: ReadonlyMap<string, readonly Id[]>
}

export const noOwnColumns: OwnColumns = { fields: [], statuses: [], tags: [], staff: new Map() }

export const OWN_STATUS = 'mark.status'
export const OWN_TAGS = 'mark.tags'
export const ownFieldName = (field: Pick<CustomField, 'key'>) => `custom.${field.key}`

/** What is defined for each kind of import; those not named have nothing. */
export type OwnOfKinds = Readonly<Partial<Record<ImportKindName, OwnColumns>>>

/** Of every kind, for a file of which is not known yet what it is about. */
export async function ownOfKinds(db: Db | Tx): Promise<OwnOfKinds> {
  const found: Partial<Record<ImportKindName, OwnColumns>> = {}
  for (const name of Object.keys(ownKindOf) as ImportKindName[]) found[name] = await ownColumnsOf(db, name)
  return found
}

export async function ownColumnsOf(db: Db | Tx, kind: ImportKindName): Promise<OwnColumns> {
  const recordKind = ownKindOf[kind]
  if (!recordKind) return noOwnColumns
  const defined = await customFieldsOf(db, recordKind, { inUse: true })
  const fields = defined.filter(field => field.transferable && !field.sensitive && field.type !== 'file')
  const marks = recordKind === 'party' ? (await marksDefined(db, 'party')).filter(mark => !mark.retired) : []
  const staff = new Map<string, Id[]>()
  if (fields.some(field => field.type === 'staff'))
    for (const [id, name] of await allStaffNames(db))
      staff.set(choiceKey(name), [...(staff.get(choiceKey(name)) ?? []), id])
  return {
    fields,
    statuses: marks.filter(mark => mark.markKind === 'status'),
    tags: marks.filter(mark => mark.markKind === 'tag'),
    staff,
  }
}

const types: Readonly<Record<CustomField['type'], ImportField['type']>> = {
  text: 'text',
  number: 'number',
  yen: 'yen',
  date: 'date',
  choice: 'choice',
  multiChoice: 'multiChoice',
  staff: 'text',
  file: 'text',
}

const known = new WeakMap<OwnColumns, ImportField[]>()

/** The columns they are in a file, recognised by their labels. */
export function ownImportFields(own: OwnColumns): readonly ImportField[] {
  const made = known.get(own)
  if (made) return made
  const fields: ImportField[] = own.fields.map(field => ({
    name: ownFieldName(field),
    label: field.label,
    type: types[field.type],
    columns: [field.label],
    help: helpOf(field),
  }))
  if (own.statuses.length > 0)
    fields.push({
      name: OWN_STATUS,
      label: '自社の状態',
      type: 'choice',
      columns: ['自社の状態', '状態', 'ステータス', '顧客ステータス'],
      help: `設定した状態の名前（${own.statuses
        .slice(0, 6)
        .map(mark => mark.label)
        .join('・')}${own.statuses.length > 6 ? 'など' : ''}）。`,
    })
  if (own.tags.length > 0)
    fields.push({
      name: OWN_TAGS,
      label: 'タグ',
      type: 'multiChoice',
      columns: ['タグ', '自社のタグ', 'ラベル'],
      help: '設定したタグの名前。複数は「、」か「;」で区切ります。付いているタグは外しません。',
    })
  known.set(own, fields)
  return fields
}

function helpOf(field: CustomField): string {
  const offered = field.choices.filter(choice => !choice.retired).map(choice => choice.label)
  return [
    '自社の項目。',
    ...(offered.length > 0
      ? [`選択肢：${offered.slice(0, 8).join('・')}${offered.length > 8 ? 'など' : ''}。`]
      : []),
    ...(field.type === 'multiChoice' ? ['複数は「、」か「;」で区切ります。'] : []),
    ...(field.type === 'staff' ? ['社員の氏名。'] : []),
    ...(field.critical ? ['登録済みの値を変える行は、承認者に一件ずつ示します。'] : []),
    ...(field.help ? [field.help] : []),
  ].join('')
}
