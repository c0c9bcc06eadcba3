import { DeleteOutlined, EyeOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input, Popover } from 'antd'
import { type FormEvent, useState } from 'react'
import { words } from '../labels.ts'
import { UiLink } from '../link.tsx'

export interface SavedView {
  key: string
  name: string
  /** The list with this view's filters, sort and columns in its address. */
  href: string
  /** False for views of the house, which one person may not remove. */
  own: boolean
  /** Everybody sees it. */
  shared?: boolean
}

export interface SavedViewsProps {
  views: readonly SavedView[]
  activeKey: string | null
  /** Null where this person may not share views with the house. */
  onShare?: ((name: string) => void) | null
  onSave: (name: string) => void
  onRemove: (key: string) => void
}

/** Views kept by name: a link each, so that they can be opened in a second window. */
export function SavedViews({ views, activeKey, onSave, onShare = null, onRemove }: SavedViewsProps) {
  const [open, setOpen] = useState(false)
  const active = views.find(view => view.key === activeKey)
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomLeft"
      title={words.filter.views}
      content={
        <div className="ui-views">
          <ul>
            {views.map(view => (
              <li key={view.key}>
                <UiLink
                  href={view.href}
                  aria-current={view.key === activeKey || undefined}
                  onClick={() => setOpen(false)}
                >
                  {view.name}
                </UiLink>
                {view.shared && <span className="ui-faint">{words.filter.sharedView}</span>}
                {view.own && (
                  <Button
                    type="text"
                    size="small"
                    icon={<DeleteOutlined aria-hidden="true" />}
                    aria-label={words.filter.removeView(view.name)}
                    onClick={() => onRemove(view.key)}
                  />
                )}
              </li>
            ))}
          </ul>
          <SaveView onSave={onSave} onShare={onShare} />
        </div>
      }
    >
      <Button size="small" icon={<EyeOutlined aria-hidden="true" />}>
        {active?.name ?? words.filter.views}
      </Button>
    </Popover>
  )
}

function SaveView({ onSave, onShare }: Required<Pick<SavedViewsProps, 'onSave' | 'onShare'>>) {
  const [name, setName] = useState('')
  const [share, setShare] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return
    if (share && onShare) onShare(name.trim())
    else onSave(name.trim())
    setName('')
  }
  return (
    <form className="ui-filter-range" onSubmit={submit}>
      <Input
        size="small"
        value={name}
        placeholder={words.filter.save}
        aria-label={words.filter.saveName}
        maxLength={40}
        onChange={event => setName(event.target.value)}
      />
      <Button size="small" htmlType="submit" disabled={name.trim() === ''}>
        {words.filter.saveOk}
      </Button>
      {onShare && (
        <Checkbox checked={share} onChange={event => setShare(event.target.checked)}>
          {words.filter.share}
        </Checkbox>
      )}
    </form>
  )
}
