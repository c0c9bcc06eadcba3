import { Input } from 'antd'
import { useEffect, useState } from 'react'
import { words } from '../labels.ts'
import { useFormScope } from '../shells/FormScope.tsx'
import { type ControlProps, described } from './field-control.tsx'
import type { NumberField, RateField, YenField } from './field-description.ts'
import { groupDigits, percentOfPpm, type ReadNumber, readNumber, readRate, readYen } from './read-number.ts'

interface NumberInputProps extends Omit<ControlProps, 'value'> {
  field: YenField | NumberField | RateField
  value: number | null
}

/** Yen, numbers and rates, typed as people write them; put into thousands when the field is left, never while typing. */
export function NumberInput({ field, id, value, onChange, invalid, disabled, readOnly }: NumberInputProps) {
  const { report } = useFormScope()
  const [text, setText] = useState(() => show(field, value))
  const [typing, setTyping] = useState(false)
  const read = readAs(field, text)
  const unreadable = read.state === 'unreadable'
  useEffect(() => {
    if (!typing) setText(last => (sameValue(readAs(field, last), value) ? last : show(field, value)))
  }, [field, value, typing])
  useEffect(() => {
    report(field.name, unreadable ? unreadableSentence(field) : null)
    return () => report(field.name, null)
  }, [report, field, unreadable])
  const type = (next: string) => {
    setText(next)
    const now = readAs(field, next)
    onChange(now.state === 'number' ? now.value : null)
  }
  const leave = () => {
    setTyping(false)
    if (read.state === 'number') setText(show(field, read.value))
  }
  return (
    <>
      <Input
        id={id}
        className="ui-number"
        value={text}
        inputMode="decimal"
        autoComplete="off"
        disabled={disabled}
        readOnly={readOnly}
        onFocus={() => setTyping(true)}
        onChange={event => type(event.target.value)}
        onBlur={leave}
        {...(field.type === 'yen' ? { prefix: '¥' } : {})}
        {...suffixOf(field)}
        {...(invalid || (unreadable && !typing) ? { status: 'error' as const } : {})}
        {...described(field, { id, invalid: invalid || unreadable })}
      />
      {unreadable && !typing && <p className="ui-field-error">{unreadableSentence(field)}</p>}
    </>
  )
}

function readAs(field: NumberInputProps['field'], text: string): ReadNumber {
  if (field.type === 'yen') return readYen(text)
  return field.type === 'rate' ? readRate(text) : readNumber(text)
}

function show(field: NumberInputProps['field'], value: number | null): string {
  if (value === null) return ''
  return field.type === 'rate' ? percentOfPpm(value) : groupDigits(value)
}

function sameValue(read: ReadNumber, value: number | null): boolean {
  return value === null ? read.state !== 'number' : read.state === 'number' && read.value === value
}

function suffixOf(field: NumberInputProps['field']) {
  if (field.type === 'rate') return { suffix: '%' }
  return field.type === 'number' && field.unit ? { suffix: field.unit } : {}
}

function unreadableSentence(field: NumberInputProps['field']): string {
  return field.type === 'yen' ? words.form.notWholeYen : words.form.notANumber
}
