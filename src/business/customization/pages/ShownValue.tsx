import { call } from '../../../platform/http/client.ts'
import { problemOfError } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  CodeText,
  DateText,
  type KeyValueItem,
  MaskedText,
  PlainText,
  type Unmasked,
} from '../../../ui/index.ts'
import type { CustomField } from '../contract.ts'
import type { CustomKind } from '../tables.ts'
import { type CustomValue, unmaskValue } from '../value-contract.ts'

interface Shown {
  record: { kind: CustomKind; id: string }
  field: CustomField
  value: CustomValue | undefined
}

/** A custom value as pages show it; a sensitive one with the eye that asks for a reason. */
export function ShownValue({ record, field, value }: Shown) {
  const whyNot = useWhyNot()
  if (!value || value.text === '') return <PlainText text={null} />
  if (value.masked)
    return (
      <MaskedText
        label={field.label}
        masked={value.text}
        disabledReason={whyNot('parties.seeSensitive')}
        unmask={reason => unmasked(record, field.key, reason)}
      />
    )
  if (field.type === 'date') return <DateText date={value.text} />
  if (field.type === 'file') return <CodeText code={value.text} />
  return <PlainText text={value.text} />
}

async function unmasked(record: Shown['record'], key: string, reason: string): Promise<Unmasked> {
  try {
    const { text } = await call(unmaskValue, { recordKind: record.kind, recordId: record.id, key, reason })
    return { text }
  } catch (error) {
    return { problem: problemOfError(error) }
  }
}

/** The custom fields of a record as facts of its page, in the order of the fields. */
export function customItems(
  record: Shown['record'],
  fields: readonly CustomField[],
  values: readonly CustomValue[],
): KeyValueItem[] {
  return fields.map(field => ({
    key: `custom.${field.key}`,
    label: field.label,
    value: <ShownValue record={record} field={field} value={values.find(value => value.key === field.key)} />,
  }))
}
