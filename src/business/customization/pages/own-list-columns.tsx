import { useMemo } from 'react'
import type { Column } from '../../../ui/index.ts'
import type { CustomKind } from '../tables.ts'
import { useCustomFields } from './definitions.ts'

/** A list's columns with the company's own fields marked for lists at the end, in their order. */
export function useOwnColumns<Row extends { custom?: Record<string, string> | undefined }>(
  kind: CustomKind,
  columns: readonly Column<Row>[],
): Column<Row>[] {
  const fields = useCustomFields(kind)
  return useMemo(
    () => [
      ...columns,
      ...(fields ?? [])
        .filter(field => field.inList && !field.sensitive)
        .map(
          (field): Column<Row> => ({
            key: `custom.${field.key}`,
            title: field.label,
            width: 140,
            ...(field.type === 'number' || field.type === 'yen' ? { kind: 'number' as const } : {}),
            render: row => row.custom?.[field.key] ?? '',
          }),
        ),
    ],
    [columns, fields],
  )
}
