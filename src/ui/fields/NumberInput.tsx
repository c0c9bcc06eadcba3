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
  const { name, type } = field
  const [text, setText] = useState(() => show(type, value))
  const [typing, setTyping] = useState(false)
  const read = readAs(type, text)
  const unreadable = read.state === 'unreadable'
  useEffect(() => {
    if (!typing) setText(last => (sameValue(readAs(type, last), value) ? last : show(type, value)))
  }, [type, value, typing])
  useEffect(() => {
    report(name, unreadable ? unreadableSentence(type) : null)
    return () => report(name, null)
  }, [report, name, type, unreadable])
  const write = (next: string) => {
    setText(next)
    const now = readAs(type, next)
    onChange(now.state === 'number' ? now.value : null)
  }
  const leave = () => {
    setTyping(false)
    if (read.state === 'number') setText(show(type, read.value))
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
        onChange={event => write(event.target.value)}
        onBlur={leave}
        {...(field.type === 'yen' ? { prefix: '¥' } : {})}
        {...suffixOf(field)}
        {...(invalid || (unreadable && !typing) ? { status: 'error' as const } : {})}
        {...described(field, { id, invalid: invalid || unreadable })}
      />
      {unreadable && !typing && <p className="ui-field-error">{unreadableSentence(type)}</p>}
    </>
  )
}

type NumberType = NumberInputProps['field']['type']

function readAs(type: NumberType, text: string): ReadNumber {
  if (type === 'yen') return readYen(text)
  return type === 'rate' ? readRate(text) : readNumber(text)
}

function show(type: NumberType, value: number | null): string {
  if (value === null) return ''
  return type === 'rate' ? percentOfPpm(value) : groupDigits(value)
}

function sameValue(read: ReadNumber, value: number | null): boolean {
  return value === null ? read.state !== 'number' : read.state === 'number' && read.value === value
}

function suffixOf(field: NumberInputProps['field']) {
  if (field.type === 'rate') return { suffix: '%' }
  return field.type === 'number' && field.unit ? { suffix: field.unit } : {}
}

function unreadableSentence(type: NumberType): string {
  return type === 'yen' ? words.form.notWholeYen : words.form.notANumber
}
