import { Button, Checkbox, Input, Radio } from 'antd'
import { type FormEvent, useState } from 'react'
import { readYen } from '../fields/read-number.ts'
import { words } from '../labels.ts'
import { useUi } from '../theme/UiProvider.tsx'
import type { Filter } from './filters.ts'

interface FilterEditorProps {
  filter: Filter
  value: readonly string[]
  onApply: (value: readonly string[]) => void
}

/** What opens under a chip. Choices apply at once; text and ranges by Enter or 適用. */
export function FilterEditor({ filter, value, onApply }: FilterEditorProps) {
  if (filter.type === 'choice')
    return (
      <Radio.Group
        className="ui-filter-list"
        value={value[0] ?? null}
        onChange={event => onApply([String(event.target.value)])}
        options={[...filter.options]}
      />
    )
  if (filter.type === 'multi') return <MultiEditor filter={filter} value={value} onApply={onApply} />
  if (filter.type === 'flag')
    return (
      <Checkbox checked={value[0] === 'yes'} onChange={event => onApply(event.target.checked ? ['yes'] : [])}>
        {filter.sentence}
      </Checkbox>
    )
  if (filter.type === 'text') return <TextEditor filter={filter} value={value} onApply={onApply} />
  return <RangeEditor filter={filter} value={value} onApply={onApply} />
}

function MultiEditor({
  filter,
  value,
  onApply,
}: FilterEditorProps & { filter: Extract<Filter, { type: 'choice' | 'multi' }> }) {
  const [chosen, setChosen] = useState<readonly string[]>(value)
  return (
    <div className="ui-filter-form">
      <Checkbox.Group
        className="ui-filter-list"
        value={[...chosen]}
        onChange={setChosen}
        options={[...filter.options]}
      />
      <Apply onClick={() => onApply(chosen)} />
    </div>
  )
}

function TextEditor({ filter, value, onApply }: FilterEditorProps) {
  const [text, setText] = useState(value[0] ?? '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onApply(text.trim() === '' ? [] : [text.trim()])
  }
  return (
    <form className="ui-filter-form" onSubmit={submit}>
      <Input
        autoFocus
        value={text}
        aria-label={filter.label}
        onChange={event => setText(event.target.value)}
      />
      <Apply />
    </form>
  )
}

function RangeEditor({ filter, value, onApply }: FilterEditorProps) {
  const { parseDate } = useUi()
  const [from, setFrom] = useState(value[0] ?? '')
  const [to, setTo] = useState(value[1] ?? '')
  const [wrong, setWrong] = useState(false)
  const empty = filter.type === 'dateRange' ? { placeholder: words.form.emptyDate } : {}
  const read = (text: string) =>
    text.trim() === '' ? '' : filter.type === 'dateRange' ? parseDate(text) : wholeYen(text)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const [low, high] = [read(from), read(to)]
    setWrong(low === null || high === null)
    if (low !== null && high !== null) onApply(low === '' && high === '' ? [] : [low, high])
  }
  return (
    <form className="ui-filter-form" onSubmit={submit}>
      <div className="ui-filter-range">
        <Input
          autoFocus
          value={from}
          aria-label={`${filter.label} ${words.filter.from}`}
          {...empty}
          onChange={event => setFrom(event.target.value)}
        />
        <span aria-hidden="true">–</span>
        <Input
          value={to}
          aria-label={`${filter.label} ${words.filter.to}`}
          {...empty}
          onChange={event => setTo(event.target.value)}
        />
      </div>
      <p role="alert" className="ui-field-error">
        {wrong && (filter.type === 'dateRange' ? words.form.notADate : words.form.notWholeYen)}
      </p>
      <Apply />
    </form>
  )
}

function wholeYen(text: string): string | null {
  const yen = readYen(text)
  return yen.state === 'number' ? String(yen.value) : null
}

function Apply({ onClick }: { onClick?: () => void }) {
  return (
    <Button
      type="primary"
      size="small"
      htmlType={onClick ? 'button' : 'submit'}
      {...(onClick ? { onClick } : {})}
    >
      {words.filter.apply}
    </Button>
  )
}
