import { useMemo } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { type CustomField, listCustomFields } from '../contract.ts'
import { readLayout } from '../layout-contract.ts'
import { listMarks, type Mark } from '../mark-contract.ts'
import type { CustomKind, LayoutSection } from '../tables.ts'

/** The custom fields in use of a kind of record (of all kinds when none is named), in their order; null until they are known. */
export function useCustomFields(kind?: CustomKind): readonly CustomField[] | null {
  const answer = useApi(listCustomFields, kind ? { recordKind: kind } : {})
  return useMemo(
    () => (answer.state === 'ready' ? answer.value.fields.filter(field => !field.retired) : null),
    [answer],
  )
}

/** The statuses and tags in use of a kind of record; none until they are known. */
export function useMarks(kind: CustomKind): readonly Mark[] {
  const answer = useApi(listMarks, { recordKind: kind })
  return useMemo(
    () => (answer.state === 'ready' ? answer.value.marks.filter(mark => !mark.retired) : []),
    [answer],
  )
}

/** The company's own order of a form; undefined until it is known, null where it keeps the program's. */
export function useFormLayout(kind: CustomKind): readonly LayoutSection[] | null | undefined {
  const answer = useApi(readLayout, { recordKind: kind })
  return answer.state === 'ready' ? answer.value.sections : undefined
}
