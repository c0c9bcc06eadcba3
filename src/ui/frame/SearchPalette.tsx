import { SearchOutlined } from '@ant-design/icons'
import { Modal } from 'antd'
import { type KeyboardEvent, type ReactNode, useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { nextIndex } from '../keyboard.ts'
import { words } from '../labels.ts'
import { useUi } from '../theme/UiProvider.tsx'

export interface SearchHit {
  key: string
  title: ReactNode
  /** Code, place, why it matched. */
  detail?: ReactNode
  tag?: ReactNode
  href: string
}

export interface SearchGroup {
  key: string
  label: string
  hits: readonly SearchHit[]
}

export interface SearchSource {
  /** Finds by text; must give up when the signal aborts. Empty text asks for what is useful before typing (recent, actions). */
  find: (text: string, signal: AbortSignal) => Promise<readonly SearchGroup[]>
  placeholder?: string
}

interface SearchPaletteProps {
  open: boolean
  onClose: () => void
  source: SearchSource
}

type Found = { state: 'searching' | 'failed' | 'ready'; groups: readonly SearchGroup[] }

/** Ctrl-K and `/` anywhere outside a field open the search. */
export function useSearchKeys(open: () => void): void {
  const handle = useEffectEvent((event: globalThis.KeyboardEvent) => {
    const combination = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)
    const slash =
      event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)
    if (!combination && !slash) return
    event.preventDefault()
    open()
  })
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent) => handle(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  )
}

export function SearchPalette({ open, onClose, source }: SearchPaletteProps) {
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      closable={false}
      destroyOnHidden
      width={680}
      className="ui-palette"
      aria-label={words.search.title}
      style={{ top: 88 }}
    >
      <PaletteBody onClose={onClose} source={source} />
    </Modal>
  )
}

function PaletteBody({ onClose, source }: Omit<SearchPaletteProps, 'open'>) {
  const { follow } = useUi()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const found = useFound(text, source)
  const listId = useId()
  const input = useRef<HTMLInputElement>(null)
  const hits = found.groups.flatMap(group => group.hits)
  useEffect(() => {
    const timer = setTimeout(() => input.current?.focus(), 0)
    return () => clearTimeout(timer)
  }, [])
  const [eager, setEager] = useState(false)
  const go = (href: string) => {
    onClose()
    follow(href)
  }
  const openFirst = useEffectEvent(() => {
    setEager(false)
    if (hits[0]) go(hits[0].href)
  })
  useEffect(() => {
    if (eager && found.state === 'ready') openFirst()
  }, [eager, found.state])
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const hit = hits[at]
    // What is still shown belongs to the text before: Enter waits for the answer instead of opening something else.
    if (event.key === 'Enter' && found.state === 'searching') setEager(true)
    else if (event.key === 'Enter' && hit) go(hit.href)
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp')
      setAt(nextIndex(at, hits.length, event.key))
    else return
    event.preventDefault()
  }
  return (
    <>
      <div className="ui-palette-input">
        <SearchOutlined aria-hidden="true" />
        <input
          ref={input}
          value={text}
          onChange={event => {
            setText(event.target.value)
            setAt(0)
          }}
          onKeyDown={onKey}
          placeholder={source.placeholder ?? words.search.placeholder}
          aria-label={words.search.title}
          role="combobox"
          aria-expanded={hits.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={hits[at] ? `${listId}-${at}` : undefined}
          autoComplete="off"
          spellCheck={false}
        />
        <kbd>Esc</kbd>
      </div>
      <p className="ui-hidden" role="status">
        {found.state === 'searching' ? words.search.searching : words.search.results(hits.length)}
      </p>
      <Groups groups={found.groups} at={at} listId={listId} onGo={go} onPoint={setAt} />
      {hits.length === 0 && <PaletteMessage state={found.state} text={text} />}
      <p className="ui-palette-keys" aria-hidden="true">
        <kbd>↑</kbd>
        <kbd>↓</kbd> {words.search.move} <kbd>Enter</kbd> {words.search.open}
      </p>
    </>
  )
}

interface GroupsProps {
  groups: readonly SearchGroup[]
  at: number
  listId: string
  onGo: (href: string) => void
  onPoint: (index: number) => void
}

function Groups({ groups, at, listId, onGo, onPoint }: GroupsProps) {
  const active = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls whenever the chosen row changes
  useEffect(() => {
    active.current?.scrollIntoView({ block: 'nearest' })
  }, [at])
  let index = -1
  return (
    <div className="ui-palette-list" id={listId} role="listbox" aria-label={words.search.title}>
      {groups
        .filter(group => group.hits.length > 0)
        .map(group => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand inside a listbox
          <div key={group.key} role="group" aria-label={group.label}>
            <p className="ui-palette-group" aria-hidden="true">
              {group.label}
            </p>
            {group.hits.map(hit => {
              index += 1
              const mine = index
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard drives the list from its combobox
                // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the combobox (aria-activedescendant)
                <div
                  key={hit.key}
                  id={`${listId}-${mine}`}
                  ref={mine === at ? active : null}
                  role="option"
                  aria-selected={mine === at}
                  className="ui-palette-hit"
                  onMouseMove={() => onPoint(mine)}
                  onClick={() => onGo(hit.href)}
                >
                  <span className="ui-palette-title">{hit.title}</span>
                  {hit.tag}
                  {hit.detail && <span className="ui-palette-detail">{hit.detail}</span>}
                </div>
              )
            })}
          </div>
        ))}
    </div>
  )
}

function PaletteMessage({ state, text }: { state: Found['state']; text: string }) {
  if (state === 'failed') return <p className="ui-palette-message">{words.search.failed}</p>
  if (state === 'searching') return <p className="ui-palette-message">{words.search.searching}</p>
  if (text.trim().length === 0) return <p className="ui-palette-message">{words.search.typing}</p>
  return (
    <p className="ui-palette-message">
      {words.search.none(text)}
      <br />
      {words.search.noneHint}
    </p>
  )
}

/** Asks 120 ms after the last key; an older answer never overwrites a newer one, and earlier hits stay until the next come. */
function useFound(text: string, source: SearchSource): Found {
  const [found, setFound] = useState<Found>({ state: 'searching', groups: [] })
  const find = useEffectEvent(source.find)
  useEffect(() => {
    const control = new AbortController()
    setFound(last => ({ ...last, state: 'searching' }))
    const timer = setTimeout(
      async () => {
        try {
          const groups = await find(text.trim(), control.signal)
          if (!control.signal.aborted) setFound({ state: 'ready', groups })
        } catch (error) {
          if (control.signal.aborted) return
          console.error('search failed', error)
          setFound({ state: 'failed', groups: [] })
        }
      },
      text === '' ? 0 : 120,
    )
    return () => {
      clearTimeout(timer)
      control.abort()
    }
  }, [text])
  return found
}
