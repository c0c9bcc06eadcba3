import { CloseOutlined, DownOutlined, PlusOutlined, SearchOutlined } from '@ant-design/icons'
import { Button, Dropdown, Input, Popover } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { words } from '../labels.ts'
import { FilterEditor } from './FilterEditor.tsx'
import { type Filter, type FilterValues, saysFilter, withFilter } from './filters.ts'
import { SavedViews, type SavedViewsProps } from './SavedViews.tsx'

export interface FilterBarProps {
  filters: readonly Filter[]
  /** In force; the page reads it from and writes it to the URL. */
  values: FilterValues
  onChange: (values: FilterValues) => void
  /** Free text over the list; null where the server offers none. */
  search: { text: string; onChange: (text: string) => void; placeholder: string } | null
  views?: SavedViewsProps
}

/** Search, saved views, and each condition in force as a chip that opens to be changed and has a cross to be dropped. */
export function FilterBar({ filters, values, onChange, search, views }: FilterBarProps) {
  const [adding, setAdding] = useState<string | null>(null)
  const active = filters.filter(
    filter => (values[filter.key]?.some(value => value !== '') ?? false) || filter.key === adding,
  )
  const others = filters.filter(filter => !active.includes(filter))
  return (
    <search className="ui-filters" aria-label={words.filter.bar}>
      {search && <SearchBox {...search} />}
      {views && <SavedViews {...views} />}
      {active.map(filter => (
        <Chip
          key={filter.key}
          filter={filter}
          value={values[filter.key] ?? []}
          openAtOnce={filter.key === adding}
          onClose={() => setAdding(null)}
          onChange={value => onChange(withFilter(values, filter.key, value))}
        />
      ))}
      {others.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: others.map(filter => ({
              key: filter.key,
              label: filter.label,
              onClick: () => setAdding(filter.key),
            })),
          }}
        >
          <Button size="small" type="dashed" icon={<PlusOutlined aria-hidden="true" />}>
            {words.filter.add}
          </Button>
        </Dropdown>
      )}
      {active.length > 1 && (
        <button type="button" className="ui-text-button" onClick={() => onChange({})}>
          {words.filter.clear}
        </button>
      )}
    </search>
  )
}

/** Hands the text on 250 ms after the last key and never while kana are being composed. */
function SearchBox({ text, onChange, placeholder }: NonNullable<FilterBarProps['search']>) {
  const [typed, setTyped] = useState(text)
  const composing = useRef(false)
  const sent = useRef(text)
  useEffect(() => {
    if (text !== sent.current) setTyped(text)
    sent.current = text
  }, [text])
  useEffect(() => {
    if (typed === sent.current || composing.current) return
    const timer = setTimeout(() => {
      sent.current = typed
      onChange(typed)
    }, 250)
    return () => clearTimeout(timer)
  }, [typed, onChange])
  return (
    <Input
      className="ui-filter-search"
      size="small"
      allowClear
      prefix={<SearchOutlined aria-hidden="true" />}
      value={typed}
      placeholder={placeholder}
      aria-label={words.filter.search}
      onCompositionStart={() => {
        composing.current = true
      }}
      onCompositionEnd={event => {
        composing.current = false
        setTyped(event.currentTarget.value)
      }}
      onChange={event => setTyped(event.target.value)}
    />
  )
}

interface ChipProps {
  filter: Filter
  value: readonly string[]
  openAtOnce: boolean
  onClose: () => void
  onChange: (value: readonly string[]) => void
}

function Chip({ filter, value, openAtOnce, onClose, onChange }: ChipProps) {
  const [open, setOpen] = useState(openAtOnce)
  const setOpenAndTell = (next: boolean) => {
    setOpen(next)
    if (!next) onClose()
  }
  return (
    <span className="ui-chip" data-empty={value.length === 0 || undefined}>
      <Popover
        open={open}
        onOpenChange={setOpenAndTell}
        trigger="click"
        placement="bottomLeft"
        title={filter.label}
        destroyOnHidden
        content={
          <FilterEditor
            filter={filter}
            value={value}
            onApply={next => {
              onChange(next)
              setOpenAndTell(false)
            }}
          />
        }
      >
        <button type="button" className="ui-chip-word" aria-haspopup="dialog" aria-expanded={open}>
          <span className="ui-chip-label">{filter.label}</span> {saysFilter(filter, value)}{' '}
          <DownOutlined aria-hidden="true" />
        </button>
      </Popover>
      <button
        type="button"
        className="ui-chip-drop"
        aria-label={words.filter.remove(filter.label)}
        onClick={() => onChange([])}
      >
        <CloseOutlined aria-hidden="true" />
      </button>
    </span>
  )
}
