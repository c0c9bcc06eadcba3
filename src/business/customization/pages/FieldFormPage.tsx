import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { one, useFollow, useUrlState } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  FieldInput,
  FormSection,
  FormShell,
  LoadingState,
  Notice,
  PageHeader,
  useSay,
} from '../../../ui/index.ts'
import { type CustomField, changeField, defineField, listCustomFields } from '../contract.ts'
import { kindLabels, typeLabels } from '../labels.ts'
import { type CustomKind, type CustomType, customKinds, customTypes } from '../tables.ts'

interface Typed {
  type: CustomType
  label: string
  choices: readonly { value: string | null; label: string; retired: boolean }[]
  help: string
  example: string
  why: string
  required: boolean
  sensitive: boolean
  critical: boolean
  searchable: boolean
  transferable: boolean
  inList: boolean
}

const blank: Typed = {
  type: 'text',
  label: '',
  choices: [],
  help: '',
  example: '',
  why: '',
  required: false,
  sensitive: false,
  critical: false,
  searchable: false,
  transferable: true,
  inList: false,
}

/** Defines a field or changes what may change of it. */
export default function FieldFormPage() {
  const { fieldId }: { fieldId?: string } = useParams({ strict: false })
  const [url] = useUrlState()
  const kind = customKinds.find(known => known === one(url.kind)) ?? 'party'
  const fields = useApi(listCustomFields, { recordKind: kind })
  if (!fieldId) return <FieldForm kind={kind} field={null} />
  if (fields.state !== 'ready') return <LoadingState rows={10} />
  const field = fields.value.fields.find(known => known.id === fieldId) ?? null
  return <FieldForm key={field?.rowVersion ?? 0} kind={kind} field={field} />
}

function FieldForm({ kind, field }: { kind: CustomKind; field: CustomField | null }) {
  const follow = useFollow()
  const say = useSay()
  const home = `/customization?kind=${kind}`
  const [initial] = useState<Typed>(() =>
    field ? { ...field, help: field.help ?? '', example: field.example ?? '', why: field.why ?? '' } : blank,
  )
  const [typed, setTyped] = useState(initial)
  const set = (part: Partial<Typed>) => setTyped(last => ({ ...last, ...part }))
  const onDone = () => {
    say.done(field ? '項目の定義を変更しました。' : '項目を追加しました。')
    follow(home)
  }
  const define = useCommand(defineField, { onDone })
  const change = useCommand(changeField, {
    onDone,
    onPending: ({ changeRequestId }) => follow(`/change-requests/${changeRequestId}`),
  })
  const [reasonText, setReasonText] = useState('')
  const loosened = [
    ...(field?.required && !typed.required ? ['必須'] : []),
    ...(field?.critical && !typed.critical ? ['承認'] : []),
  ]
  const hasChoices = typed.type === 'choice' || typed.type === 'multiChoice'
  const secret = typed.sensitive ? '秘匿の項目ではできません' : null
  const file = typed.type === 'file' ? 'ファイルではできません' : null
  const send = () => {
    const { type, sensitive, choices, ...rest } = typed
    const wording = {
      ...rest,
      searchable: rest.searchable && secret === null && file === null,
      transferable: rest.transferable && secret === null && file === null,
      inList: rest.inList && secret === null,
      help: rest.help || null,
      example: rest.example || null,
      why: rest.why || null,
      choices: hasChoices
        ? choices.filter(choice => choice.label.trim() !== '').map(choice => ({ ...choice }))
        : [],
    }
    if (field)
      change.run({
        fieldId: field.id,
        rowVersion: field.rowVersion,
        ...wording,
        change:
          loosened.length > 0 ? { reasonCode: 'system', reasonText: reasonText.trim(), evidence: [] } : null,
      })
    else define.run({ recordKind: kind, type, sensitive, ...wording })
  }
  const choose = (name: keyof Typed, label: string, sentence: string, blocked: string | null = null) => (
    <FieldInput
      key={name}
      field={{ name, type: 'bool', label, sentence: blocked ? `${sentence}（${blocked}）` : sentence }}
      value={blocked ? false : (typed[name] as boolean)}
      onChange={value => set({ [name]: blocked ? false : value })}
    />
  )
  return (
    <>
      <PageHeader
        title={field ? `「${field.label}」の定義` : `${kindLabels[kind]}の項目を追加`}
        {...(field ? { code: field.key } : {})}
        crumbs={[{ label: '項目・状態の設定', href: home }]}
      />
      <Card title="項目の定義">
        <FormShell
          label="追加項目の定義"
          loading={false}
          submitError={define.problem ?? change.problem}
          submitting={define.running || change.running}
          submitLabel={loosened.length > 0 ? '変更の承認を申請' : field ? '変更する' : '追加する'}
          submitDisabledReason={
            typed.label.trim() === ''
              ? '項目名を入力してください。'
              : loosened.length > 0 && reasonText.trim().length < 5
                ? '外す理由を5文字以上で入力してください。'
                : null
          }
          onSubmit={send}
          onCancel={() => follow(home)}
          dirty={JSON.stringify(typed) !== JSON.stringify(initial)}
          draft={{ state: 'off' }}
          footnote="形式と秘匿は後から変更できません。項目名・選択肢・扱いは変更できます。"
        >
          <FormSection title="名前と形式">
            <FieldInput
              field={{
                name: 'label',
                type: 'text',
                label: '項目名',
                required: true,
                maxLength: 40,
                example: '紹介元',
              }}
              value={typed.label}
              onChange={label => set({ label })}
            />
            <FieldInput
              field={{
                name: 'type',
                type: 'choice',
                label: '形式',
                required: true,
                options: customTypes.map(value => ({ value, label: typeLabels[value] })),
              }}
              value={typed.type}
              readOnly={field !== null}
              onChange={type =>
                set({
                  type: (type ?? 'text') as CustomType,
                  ...(type === 'file' ? { searchable: false, transferable: false } : {}),
                })
              }
            />
            {hasChoices && (
              <Choices
                choices={typed.choices}
                known={field?.choices.map(choice => choice.value) ?? []}
                onChange={choices => set({ choices })}
              />
            )}
          </FormSection>
          <FormSection title="入力する人への説明">
            {(
              [
                ['help', '説明', '何を書くか。項目名の「?」で表示します。'],
                ['example', '記入例', '正しい例を1つ。'],
                ['why', 'なぜ聞くか', '項目の下に表示します。'],
              ] as const
            ).map(([name, label, help]) => (
              <FieldInput
                key={name}
                field={{ name, type: 'text', label, help, maxLength: name === 'example' ? 100 : 300 }}
                value={typed[name]}
                onChange={value => set({ [name]: value })}
              />
            ))}
          </FormSection>
          <FormSection title="扱い">
            {choose('required', '必須', '登録のときに必ず入力する')}
            {field
              ? field.sensitive && <p className="ui-faint">秘匿の項目です（暗号化・伏せ字）。</p>
              : choose('sensitive', '秘匿', '暗号化し、画面では伏せ字にする（理由を記録して表示）')}
            {choose('critical', '承認', '登録済みの値の変更に、もう一人の承認を必要とする')}
            {choose('searchable', '検索', '顧客の検索と一覧の絞り込みで使う', secret ?? file)}
            {choose('inList', '一覧', '一覧の列に表示できるようにする', secret)}
            {choose('transferable', '出力', '一覧の出力の列にする', secret ?? file)}
            {loosened.length > 0 && (
              <div className="ui-field ui-field-full">
                <Notice
                  tone="warning"
                  title={`「${loosened.join('」「')}」を外すには、もう一人の承認が必要です`}
                >
                  別のシステム管理者が承認すると変わります。それまでは今の定義のままです。
                </Notice>
                <FieldInput
                  field={{
                    name: 'change.reasonText',
                    type: 'text',
                    label: '外す理由',
                    required: true,
                    maxLength: 500,
                  }}
                  value={reasonText}
                  onChange={setReasonText}
                />
              </div>
            )}
          </FormSection>
        </FormShell>
      </Card>
    </>
  )
}

interface ChoicesProps {
  choices: Typed['choices']
  /** Values that are stored already: these are retired, not removed. */
  known: readonly string[]
  onChange: (choices: Typed['choices']) => void
}

function Choices({ choices, known, onChange }: ChoicesProps) {
  const put = (at: number, part: Partial<Typed['choices'][number]>) =>
    onChange(choices.map((choice, place) => (place === at ? { ...choice, ...part } : choice)))
  return (
    <div className="ui-field ui-field-full">
      {choices.map((choice, at) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: a choice has no other name before it is stored
          key={at}
          style={{ display: 'flex', gap: 8, alignItems: 'end' }}
        >
          <FieldInput
            field={{ name: `choices.${at}`, type: 'text', label: `選択肢${at + 1}`, maxLength: 60 }}
            value={choice.label}
            onChange={label => put(at, { label })}
          />
          {choice.value && known.includes(choice.value) ? (
            <FieldInput
              field={{
                name: `choices.${at}.retired`,
                type: 'bool',
                label: `選択肢${at + 1}の廃止`,
                sentence: '今後は使わない',
              }}
              value={choice.retired}
              onChange={retired => put(at, { retired })}
            />
          ) : (
            <ActionButton
              size="small"
              disabledReason={null}
              onClick={() => onChange(choices.filter((_, place) => place !== at))}
            >
              消す
            </ActionButton>
          )}
        </div>
      ))}
      <ActionButton
        size="small"
        disabledReason={null}
        onClick={() => onChange([...choices, { value: null, label: '', retired: false }])}
      >
        選択肢を加える
      </ActionButton>
    </div>
  )
}
