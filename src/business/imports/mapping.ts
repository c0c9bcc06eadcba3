import type { Reason } from '../../platform/commands/refusal.ts'
import { defaultOptions } from './batch.ts'
import { headingKey } from './files/file-table.ts'
import { unitIn, withoutUnit } from './files/units.ts'
import { fieldsOfKind, kinds } from './kinds/index.ts'
import { noOwnColumns, type OwnColumns, type OwnOfKinds, ownImportFields } from './kinds/own-columns.ts'
import type { ImportKindName } from './tables.ts'

const headingsOf = new Map(
  kinds.map(kind => [
    kind.name,
    new Map(
      kind.fields.flatMap(field => field.columns.map(heading => [headingKey(heading), field.name] as const)),
    ),
  ]),
)

/** The field a heading most likely means; that of an amount may name its unit (残高（千円）). */
function fieldHeaded(kind: ImportKindName, heading: string, own: OwnColumns): string | undefined {
  const found = fieldCalled(kind, heading, own)
  if (found !== undefined || unitIn(heading) === null) return found
  const amount = fieldCalled(kind, withoutUnit(heading), own)
  return fieldsOfKind(kind, own).some(field => field.name === amount && field.type === 'yen')
    ? amount
    : undefined
}

/** Headings of amounts with the unit a title above the table names; what names its own keeps it. */
export function headingsInUnit(
  header: readonly string[],
  unit: string | null,
  own: OwnOfKinds = {},
): string[] {
  const isYen = (heading: string) =>
    kinds.some(({ name }) => {
      const ours = own[name] ?? noOwnColumns
      const found = fieldCalled(name, heading, ours)
      return fieldsOfKind(name, ours).some(field => field.name === found && field.type === 'yen')
    })
  return header.map(heading =>
    unit !== null && unitIn(heading) === null && isYen(heading) ? `${heading}（${unit}）` : heading,
  )
}

/** A label the company has given goes before what the program knows. */
function fieldCalled(kind: ImportKindName, heading: string, own: OwnColumns): string | undefined {
  const key = headingKey(heading)
  const ours = ownImportFields(own).find(field => field.columns.some(column => headingKey(column) === key))
  return ours?.name ?? headingsOf.get(kind)!.get(key)
}

/** Whether any kind of import knows the heading; where the kind is chosen, whether that one does. */
export function isKnownHeading(heading: string, kind: ImportKindName | null, own: OwnOfKinds = {}): boolean {
  const asked = kind === null ? kinds.map(one => one.name) : [kind]
  return asked.some(name => fieldHeaded(name, heading, own[name] ?? noOwnColumns) !== undefined)
}

/** For each heading the field it most likely means, or null; no field twice. A saved template's answers go first. */
export function guessMapping(
  kind: ImportKindName,
  header: readonly string[],
  template: Readonly<Record<string, string>> = {},
  own: OwnColumns = noOwnColumns,
): (string | null)[] {
  const taken = new Set<string>()
  const known = new Set(fieldsOfKind(kind, own).map(field => field.name))
  const learned = new Map(Object.entries(template).map(([heading, field]) => [headingKey(heading), field]))
  const take = (field: string | null | undefined): string | null => {
    if (!field || !known.has(field) || taken.has(field)) return null
    taken.add(field)
    return field
  }
  const fromTemplate = header.map(heading => take(learned.get(headingKey(heading))))
  return header.map((heading, at) => fromTemplate[at] ?? take(fieldHeaded(kind, heading, own)))
}

/** Fewer known headings may belong to anything. */
const TELLING = 3

/**
 * What a file with these headings is about: the kind of which the most headings are known, those first all of whose required fields
 * are there; of equals the earlier one. Customers when too few
 * headings are known to tell.
 */
export function guessKind(header: readonly string[], own: OwnOfKinds = {}): ImportKindName {
  let best: { name: ImportKindName; complete: boolean; known: number } = {
    name: 'customers',
    complete: false,
    known: 0,
  }
  for (const kind of kinds) {
    const mapping = guessMapping(kind.name, header, {}, own[kind.name])
    const options = { ...defaultOptions, cutOverOn: '2000-01-01' }
    const complete =
      kind.fields.every(field => !field.required || mapping.includes(field.name)) &&
      (kind.needs?.({ mapping, options }) ?? []).length === 0
    const known = mapping.filter(field => field !== null).length
    if (!complete && known < TELLING) continue
    if (complete === best.complete ? known > best.known : complete)
      best = { name: kind.name, complete, known }
  }
  return best.name
}

/** Every reason why a mapping cannot be used for a file of this kind. */
export function mappingReasons(
  kind: ImportKindName,
  mapping: readonly (string | null)[],
  header: readonly string[],
  own: OwnColumns = noOwnColumns,
): Reason[] {
  const reasons: Reason[] = []
  const byName = new Map(fieldsOfKind(kind, own).map(field => [field.name, field]))
  if (mapping.length !== header.length) reasons.push({ code: 'mapping_must_fit_the_file', field: 'mapping' })
  for (const field of byName.values())
    if (field.required && !mapping.includes(field.name))
      reasons.push({
        code: 'required_columns_must_be_mapped',
        field: 'mapping',
        message: `「${field.label}」の列を割り当ててください。`,
      })
  for (const [at, field] of mapping.entries()) {
    if (field === null) continue
    if (!byName.has(field)) reasons.push({ code: 'mapped_fields_must_exist', field: `mapping.${at}` })
    if (mapping.indexOf(field) !== at)
      reasons.push({
        code: 'mapped_fields_must_be_unique',
        field: `mapping.${at}`,
        message: `「${byName.get(field)?.label ?? field}」が${mapping.indexOf(field) + 1}列目と${at + 1}列目に割り当てられています。`,
      })
  }
  return reasons
}
