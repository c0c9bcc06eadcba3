import { useEffect } from 'react'
import { useFormScope } from '../shells/FormScope.tsx'
import { useUi } from '../theme/UiProvider.tsx'
import { FieldFrame } from './FieldFrame.tsx'
import { fieldControl } from './field-control.tsx'
import type { FieldCheck, FieldDescription, FieldValue } from './field-description.ts'
import { kanaHint } from './kana-hint.ts'
import { useLiveCheck } from './use-live-check.ts'

export interface FieldInputProps<F extends FieldDescription> {
  field: F
  value: FieldValue<F>
  onChange: (value: FieldValue<F>) => void
  /** Asked while typing; warns, never changes what is written. */
  check?: FieldCheck<FieldValue<F>>
  /** Shown and focusable, but not changed. */
  readOnly?: boolean
}

/** One field from its description. Inside a FormShell the server's sentences about it appear by themselves. */
export function FieldInput<F extends FieldDescription>({
  field,
  value,
  onChange,
  check,
  readOnly = false,
}: FieldInputProps<F>) {
  const scope = useFormScope()
  const { sayJapaneseYear } = useUi()
  const { register } = scope
  useEffect(() => {
    register(field.name, field.label)
  }, [register, field.name, field.label])
  const id = scope.idOf(field.name)
  const errors = scope.errorsOf(field.name)
  const hint = useLiveCheck<FieldValue<F>>(value, check ?? ownCheck(field))
  return (
    <FieldFrame
      field={field}
      id={id}
      errors={errors}
      hint={hint}
      onTake={onChange}
      group={isGroup(field)}
      echo={
        field.type === 'date' && typeof value === 'string' && value !== ''
          ? sayJapaneseYear(value)
          : undefined
      }
    >
      {fieldControl(field, {
        id,
        value,
        onChange: next => onChange(next as FieldValue<F>),
        invalid: errors.length > 0,
        disabled: scope.disabled,
        readOnly,
      })}
    </FieldFrame>
  )
}

function isGroup(field: FieldDescription): boolean {
  return (
    (field.type === 'choice' && field.options.length <= 4) ||
    (field.type === 'multi' && field.options.length <= 6) ||
    field.type === 'bool' ||
    field.type === 'file'
  )
}

/** Kana fields check their own width, unless the page brings a better check. */
function ownCheck<F extends FieldDescription>(field: F): FieldCheck<FieldValue<F>> | undefined {
  if (field.type !== 'kana') return undefined
  const wanted = field.kana ?? 'full'
  return (value => kanaHint(String(value), wanted)) as FieldCheck<FieldValue<F>>
}
