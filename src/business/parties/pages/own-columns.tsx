import { type Column, type Filter, type FilterValues, PlainText } from '../../../ui/index.ts'
import type { CustomField, Mark } from '../../customization/contract.ts'
import { MarkTags } from '../../customization/web.tsx'
import type { PartyRow } from '../contract.ts'

/** The columns of a list the company has defined itself: statuses and tags, and fields shown in lists. */
export function ownColumns(custom: readonly CustomField[], hasMarks: boolean): Column<PartyRow>[] {
  const fields = custom.filter(field => field.inList)
  return [
    ...(hasMarks
      ? [
          {
            key: 'marks',
            title: '独自の状態・タグ',
            width: 200,
            render: (row: PartyRow) => <MarkTags marks={row.marks} />,
          },
        ]
      : []),
    ...fields.map(field => ({
      key: `custom.${field.key}`,
      title: field.label,
      width: 140,
      ...(field.type === 'yen' || field.type === 'number' ? { kind: 'number' as const } : {}),
      render: (row: PartyRow) => <PlainText text={row.custom[field.key] ?? null} />,
    })),
  ]
}

/** The conditions a list can be narrowed by beside the program's own: marks, and fields marked as searchable. */
export function ownFilters(custom: readonly CustomField[], marks: readonly Mark[]): Filter[] {
  const fields = custom.filter(field => field.searchable)
  return [
    ...(marks.length
      ? [
          {
            key: 'mark',
            type: 'multi' as const,
            label: '独自の状態・タグ',
            options: marks.map(mark => ({ value: mark.id, label: mark.label })),
          },
        ]
      : []),
    ...fields.flatMap((field): Filter[] => {
      const common = { key: field.key, label: field.label }
      if (field.type === 'choice' || field.type === 'multiChoice')
        return [
          {
            ...common,
            type: 'multi',
            options: field.choices.map(({ value, label }) => ({ value, label })),
          },
        ]
      if (field.type === 'date') return [{ ...common, type: 'dateRange' }]
      if (field.type === 'yen') return [{ ...common, type: 'yenRange' }]
      return field.type === 'text' ? [{ ...common, type: 'text' }] : []
    }),
  ]
}

/** The conditions in force on custom fields, as the server reads them. */
export function conditionsOf(custom: readonly CustomField[], values: FilterValues): string[] {
  return custom.flatMap(field => {
    const given = values[field.key] ?? []
    if (field.type === 'date' || field.type === 'yen')
      return given.some(Boolean) ? [`${field.key}:${given[0] ?? ''}..${given[1] ?? ''}`] : []
    return given.filter(value => value !== '').map(value => `${field.key}:${value}`)
  })
}
