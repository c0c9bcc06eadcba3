import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  Card,
  ConfirmAction,
  FieldInput,
  Notice,
  Stack,
  StatusTag,
  useSay,
} from '../../../ui/index.ts'
import { changeLayout, MOST_SECTIONS, resetLayout } from '../layout-contract.ts'
import type { CustomKind, LayoutSection } from '../tables.ts'
import { Arrows } from './FieldsCard.tsx'

interface LayoutEditorProps {
  kind: CustomKind
  rowVersion: number
  /** Whether the company keeps an order of its own. */
  own: boolean
  /** Headings and fields as they stand now, complete. */
  sections: readonly LayoutSection[]
  labelOf: (field: string) => string
}

/** Moves fields and headings of a form up and down, and fields to other headings; saved for the whole company. */
export function LayoutEditor({ kind, rowVersion, own, sections, labelOf }: LayoutEditorProps) {
  const say = useSay()
  const whyNot = useWhyNot()
  const [typed, setTyped] = useState<readonly LayoutSection[]>(sections)
  const [resetting, setResetting] = useState(false)
  const change = useCommand(changeLayout, { onDone: () => say.done('入力欄の並びを保存しました。') })
  const reset = useCommand(resetLayout, {
    onDone: () => {
      setResetting(false)
      say.done('入力欄の並びを標準に戻しました。')
    },
  })
  const refused = whyNot('customization.manage')
  const dirty = JSON.stringify(typed) !== JSON.stringify(sections)
  const put = (at: number, part: Partial<LayoutSection>) =>
    setTyped(typed.map((section, place) => (place === at ? { ...section, ...part } : section)))
  const moveField = (at: number, place: number, by: -1 | 1) => {
    const fields = [...typed[at]!.fields]
    fields.splice(place + by, 0, ...fields.splice(place, 1))
    put(at, { fields })
  }
  const moveTo = (at: number, field: string, target: string) =>
    setTyped(
      typed.map((section, place) =>
        place === at
          ? { ...section, fields: section.fields.filter(name => name !== field) }
          : section.key === target
            ? { ...section, fields: [...section.fields, field] }
            : section,
      ),
    )
  const options = typed.map(section => ({ value: section.key, label: section.title || '（見出しなし）' }))
  return (
    <Stack>
      {change.problem && (
        <Notice tone="danger" live title={change.problem.reasons[0]?.sentence ?? change.problem.title} />
      )}
      <Notice
        tone={dirty ? 'warning' : 'neutral'}
        title={
          dirty
            ? 'まだ保存していない変更があります。'
            : own
              ? '自社の並びを使っています。'
              : '標準の並びを使っています。'
        }
        action={
          <span style={{ display: 'inline-flex', gap: 8 }}>
            <ActionButton
              disabledReason={
                refused ?? (typed.length >= MOST_SECTIONS ? `見出しは${MOST_SECTIONS}個までです。` : null)
              }
              onClick={() => setTyped([...typed, { key: freeKey(typed), title: '新しい見出し', fields: [] }])}
            >
              見出しを追加
            </ActionButton>
            <ActionButton
              disabledReason={refused ?? (own ? null : '並びは標準のままです。')}
              onClick={() => setResetting(true)}
            >
              標準に戻す
            </ActionButton>
            <ActionButton
              kind="primary"
              running={change.running}
              disabledReason={refused ?? (dirty ? null : '変更された並びがありません。')}
              onClick={() =>
                change.run({
                  recordKind: kind,
                  rowVersion,
                  sections: typed
                    .filter(section => section.fields.length > 0)
                    .map(section => ({ ...section })),
                })
              }
            >
              並びを保存する
            </ActionButton>
          </span>
        }
      >
        <p>登録・変更の画面と、顧客の基本情報の表示に使います。項目のない見出しは表示されません。</p>
      </Notice>
      {typed.map((section, at) => (
        <Card
          key={section.key}
          title={section.title || '（見出しなし）'}
          note={`${section.fields.length}項目`}
          actions={
            <Arrows
              label={`見出し「${section.title}」`}
              refused={refused}
              first={at === 0}
              last={at === typed.length - 1}
              move={by => {
                const next = [...typed]
                next.splice(at + by, 0, ...next.splice(at, 1))
                setTyped(next)
              }}
            />
          }
        >
          <FieldInput
            field={{ name: `title.${section.key}`, type: 'text', label: '見出し', maxLength: 30 }}
            value={section.title}
            onChange={title => put(at, { title })}
            readOnly={refused !== null}
          />
          <ul style={{ listStyle: 'none', padding: 0, margin: '8px 0 0', display: 'grid', gap: 4 }}>
            {section.fields.map((field, place) => (
              <li key={field} style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
                <Arrows
                  label={labelOf(field)}
                  refused={refused}
                  first={place === 0}
                  last={place === section.fields.length - 1}
                  move={by => moveField(at, place, by)}
                />
                <span style={{ flex: '0 0 260px' }}>
                  {labelOf(field)}{' '}
                  {field.startsWith('custom.') && <StatusTag tone="accent" word="追加項目" />}
                </span>
                <select
                  aria-label={`${labelOf(field)}の見出し`}
                  value={section.key}
                  disabled={refused !== null}
                  onChange={event => moveTo(at, field, event.target.value)}
                >
                  {options.map(option => (
                    <option key={option.value} value={option.value}>
                      {option.label}
                    </option>
                  ))}
                </select>
              </li>
            ))}
          </ul>
        </Card>
      ))}
      <ConfirmAction
        open={resetting}
        title="入力欄の並びを標準に戻します"
        what="自社の見出しと並びを使わなくなります。項目や値は変わりません。これまでの並びは履歴に残ります。"
        confirmLabel="標準に戻す"
        reason="none"
        running={reset.running}
        problem={reset.problem}
        onConfirm={() => reset.run({ recordKind: kind, rowVersion })}
        onClose={() => setResetting(false)}
      />
    </Stack>
  )
}

function freeKey(sections: readonly LayoutSection[]): string {
  for (let number = 1; ; number++)
    if (!sections.some(section => section.key === `own${number}`)) return `own${number}`
}
