import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { words } from '../labels.ts'
import { UiLink } from '../link.tsx'
import { ScrollBox } from '../shells/ScrollBox.tsx'
import './charts.css'
import { addMonths, weeksOf } from './month-days.ts'

export interface CalendarDay {
  date: IsoDate
  /** Amount, count: what stands on that day. */
  text: ReactNode
  href?: string
  tone?: 'danger' | 'warning' | 'success'
}

interface MonthCalendarProps {
  label: string
  /** 2026-11. */
  month: string
  onMonth: (month: string) => void
  days: readonly CalendarDay[]
  /** Marks the day; never read from a clock here. */
  today: IsoDate
  /** Name of a holiday; null for working days. Saturdays and Sundays are known. */
  holidayName?: (date: IsoDate) => string | null
}

/** A month of amounts or due dates, as a table. */
export function MonthCalendar({ label, month, onMonth, days, today, holidayName }: MonthCalendarProps) {
  const byDate = new Map(days.map(day => [day.date, day]))
  return (
    <div className="ui-month">
      <div className="ui-month-head">
        <Button
          size="small"
          icon={<LeftOutlined aria-hidden="true" />}
          aria-label={words.values.monthBefore}
          onClick={() => onMonth(addMonths(month, -1))}
        />
        <strong aria-live="polite">{words.values.month(month)}</strong>
        <Button
          size="small"
          icon={<RightOutlined aria-hidden="true" />}
          aria-label={words.values.monthAfter}
          onClick={() => onMonth(addMonths(month, 1))}
        />
      </div>
      <ScrollBox label={label}>
        <table>
          <caption className="ui-hidden">{`${label} ${words.values.month(month)}`}</caption>
          <thead>
            <tr>
              {words.values.weekdays.map(day => (
                <th key={day} scope="col">
                  {day}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeksOf(month).map(week => (
              <tr key={week.find(date => date !== null)}>
                {week.map((date, weekday) =>
                  date === null ? (
                    // biome-ignore lint/suspicious/noArrayIndexKey: an empty cell is its place
                    <td key={weekday} />
                  ) : (
                    <DayCell
                      key={date}
                      date={date}
                      day={byDate.get(date)}
                      holiday={holidayName?.(date) ?? null}
                      rest={weekday === 0 || weekday === 6}
                      isToday={date === today}
                    />
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </div>
  )
}

interface DayCellProps {
  date: IsoDate
  day: CalendarDay | undefined
  holiday: string | null
  rest: boolean
  isToday: boolean
}

function DayCell({ date, day, holiday, rest, isToday }: DayCellProps) {
  return (
    <td
      data-rest={rest || holiday !== null || undefined}
      data-today={isToday || undefined}
      data-tone={day?.tone}
    >
      <span className="ui-month-day">
        {Number(date.slice(8))}
        {isToday && <span className="ui-month-note">{words.values.today}</span>}
        {holiday && <span className="ui-month-note">{holiday}</span>}
      </span>
      {day && (
        <span className="ui-month-text">
          {day.href ? <UiLink href={day.href}>{day.text}</UiLink> : day.text}
        </span>
      )}
    </td>
  )
}
