import { CalendarOutlined } from '@ant-design/icons'
import { DatePicker, Input } from 'antd'
import dayjs from 'dayjs'
import { useEffect, useState } from 'react'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { words } from '../labels.ts'
import { useFormScope } from '../shells/FormScope.tsx'
import { useUi } from '../theme/UiProvider.tsx'
import { type ControlProps, described } from './field-control.tsx'
import type { DateField } from './field-description.ts'

interface DateInputProps extends Omit<ControlProps, 'value'> {
  field: DateField
  value: IsoDate | null
}

/** A date typed in any usual Japanese form (令和8年…, R8.11.23, 20261123) or taken from the calendar; written as 2026-11-23 on leaving. */
export function DateInput({ field, id, value, onChange, invalid, disabled, readOnly }: DateInputProps) {
  const { parseDate } = useUi()
  const { report } = useFormScope()
  const [text, setText] = useState(value ?? '')
  const [typing, setTyping] = useState(false)
  const [open, setOpen] = useState(false)
  const unreadable = text.trim() !== '' && parseDate(text) === null
  useEffect(() => {
    if (!typing) setText(last => (parseDate(last) === value ? last : (value ?? '')))
  }, [value, typing, parseDate])
  useEffect(() => {
    report(field.name, unreadable ? words.form.notADate : null)
    return () => report(field.name, null)
  }, [report, field.name, unreadable])
  const leave = () => {
    setTyping(false)
    const date = parseDate(text)
    if (date !== null) setText(date)
  }
  return (
    <>
      <span className="ui-date">
        <Input
          id={id}
          value={text}
          autoComplete="off"
          placeholder={words.form.emptyDate}
          disabled={disabled}
          readOnly={readOnly}
          onFocus={() => setTyping(true)}
          onChange={event => {
            setText(event.target.value)
            onChange(parseDate(event.target.value))
          }}
          onBlur={leave}
          suffix={
            <button
              type="button"
              className="ui-date-open"
              aria-label={`${field.label} ${words.form.openCalendar}`}
              disabled={disabled || readOnly}
              onClick={() => setOpen(!open)}
            >
              <CalendarOutlined aria-hidden="true" />
            </button>
          }
          {...(invalid || (unreadable && !typing) ? { status: 'error' as const } : {})}
          {...described(field, { id, invalid: invalid || unreadable })}
        />
        <DatePicker
          className="ui-date-ghost"
          tabIndex={-1}
          open={open}
          onOpenChange={setOpen}
          value={value ? dayjs(value) : null}
          onChange={day => {
            const date = day ? day.format('YYYY-MM-DD') : null
            onChange(date)
            setText(date ?? '')
            setOpen(false)
          }}
        />
      </span>
      {unreadable && !typing && <p className="ui-field-error">{words.form.notADate}</p>}
    </>
  )
}
