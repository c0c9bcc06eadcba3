import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useToday } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ActionButton, ConfirmAction, FieldInput, inputOf, Row } from '../../../ui/index.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import { mediaFields as fields } from '../fields.ts'
import { judgementLabels, stateLabels } from '../labels.ts'
import { recordMediaSearch } from '../media-contract.ts'
import { type MediaScope, type MediaVerdict, mediaVerdicts } from '../media-rules.ts'
import type { Judgement, SubjectKind } from '../tables.ts'

interface Subject {
  subjectKind: SubjectKind
  subjectId: string
  name: string
}

interface TypedFinding {
  key: number
  url: string
  title: string
  publishedOn: string | null
  judgement: string | null
  reason: string
}

const TIME = /^([01]?\d|2[0-3]):[0-5]\d$/
const emptyFinding = (key: number): TypedFinding => ({
  key,
  url: '',
  title: '',
  publishedOn: null,
  judgement: null,
  reason: '',
})

/** Records a search that was made; with results it goes to a second person. */
export function MediaDialog({
  partyId,
  subjects,
  first,
  onClose,
}: {
  partyId: string
  subjects: readonly Subject[]
  /** Chosen to begin with: the search somebody came for. */
  first: { subjectId: string; scope: MediaScope } | null
  onClose: () => void
}) {
  const follow = useFollow()
  const [subjectId, setSubject] = useState<string | null>(first?.subjectId ?? subjects[0]?.subjectId ?? null)
  const [scope, setScope] = useState<readonly string[]>([first?.scope ?? 'adverse_media'])
  const [text, setText] = useState({ provider: '', queryId: '', queryText: '', keywordSetVersion: '' })
  const [day, setDay] = useState<string | null>(useToday())
  const [time, setTime] = useState('')
  const [count, setCount] = useState<number | null>(null)
  const [findings, setFindings] = useState<readonly TypedFinding[]>([])
  const [verdict, setVerdict] = useState<string | null>('cleared')
  const [conditions, setConditions] = useState('')
  const [until, setUntil] = useState<string | null>(null)
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const record = useCommand(recordMediaSearch, {
    onDone: onClose,
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
  })
  const subject = subjects.find(one => one.subjectId === subjectId)
  const found = (count ?? 0) > 0
  const typed = time.normalize('NFKC').trim()
  const plain = (name: keyof typeof text, required: boolean) => (
    <FieldInput
      field={inputOf(fields[name], { required, ...(name === 'queryText' ? { width: 'full' as const } : {}) })}
      value={text[name]}
      onChange={(value: string) => setText({ ...text, [name]: value })}
    />
  )
  return (
    <ConfirmAction
      open
      wide
      title="報道・信用情報の検索を記録します"
      what={
        found
          ? '1件以上の結果は、別の担当者が確認してから記録されます。判断の理由と、保存したページを添えてください。'
          : '0件の検索は「該当なし」として直ちに記録されます。該当がないことの証明ではなく、上申中・条件付・取引不可とした以前の結果は残ります。'
      }
      confirmLabel={found ? '確認を申請する' : '記録する'}
      reason={found ? 'required' : 'none'}
      unfilled={missingOf({ subject, scope, text, day, typed, count, findings })}
      running={record.running}
      problem={record.problem}
      onConfirm={reasonText =>
        subject &&
        record.run({
          partyId,
          subjectKind: subject.subjectKind,
          subjectId: subject.subjectId,
          scope: [...scope] as MediaScope[],
          provider: text.provider,
          queryId: text.queryId || null,
          queryText: text.queryText,
          keywordSetVersion: text.keywordSetVersion,
          searchedAt: `${day}T${typed.padStart(5, '0')}:00+09:00`,
          resultCount: count ?? 0,
          findings: found
            ? findings.map(({ url, title, publishedOn, judgement, reason }) => ({
                url: url || null,
                title,
                publishedOn,
                judgement: judgement as Judgement,
                reason,
              }))
            : [],
          verdict: found ? (verdict as MediaVerdict) : 'cleared',
          conditions: conditions || null,
          conditionsUntil: until,
          ...(found || evidence.length > 0
            ? {
                change: {
                  reasonCode: 'review' as const,
                  reasonText: reasonText || '検索結果0件の画面を保存',
                  evidence: [...evidence],
                },
              }
            : {}),
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'subjectId',
          type: 'choice',
          label: '検索した対象',
          required: true,
          options: subjects.map(one => ({ value: one.subjectId, label: one.name })),
        }}
        value={subjectId}
        onChange={setSubject}
      />
      <FieldInput field={inputOf(fields.scope, { required: true })} value={scope} onChange={setScope} />
      {plain('provider', true)}
      {plain('queryId', false)}
      {plain('queryText', true)}
      {plain('keywordSetVersion', true)}
      <FieldInput
        field={{ name: 'searchedAt', type: 'date', label: '検索した日', required: true }}
        value={day}
        onChange={setDay}
      />
      <FieldInput
        field={{
          name: 'searchedTime',
          type: 'text',
          label: '検索した時刻',
          required: true,
          example: '14:30',
        }}
        value={time}
        onChange={setTime}
      />
      <FieldInput
        field={inputOf(fields.resultCount, { required: true, unit: '件' })}
        value={count}
        onChange={(next: number | null) => {
          setCount(next)
          if ((next ?? 0) > 0 && findings.length === 0) setFindings([emptyFinding(1)])
        }}
      />
      {found && (
        <>
          {findings.map((finding, at) => (
            <FindingInputs
              key={finding.key}
              at={at}
              finding={finding}
              onChange={part =>
                setFindings(findings.map(one => (one.key === finding.key ? { ...one, ...part } : one)))
              }
              onRemove={
                findings.length > 1
                  ? () => setFindings(findings.filter(one => one.key !== finding.key))
                  : null
              }
            />
          ))}
          <ActionButton
            size="small"
            disabledReason={findings.length >= 50 ? '1回の検索に50件までです。' : null}
            onClick={() => setFindings([...findings, emptyFinding((findings.at(-1)?.key ?? 0) + 1)])}
          >
            記事を追加
          </ActionButton>
          <FieldInput
            field={{
              name: 'verdict',
              type: 'choice',
              label: '判断',
              required: true,
              options: mediaVerdicts.map(value => ({ value, label: stateLabels[value] })),
            }}
            value={verdict}
            onChange={setVerdict}
          />
          {verdict === 'conditional' && (
            <>
              <FieldInput
                field={{ name: 'conditions', type: 'text', label: '条件', required: true, maxLength: 1000 }}
                value={conditions}
                onChange={setConditions}
              />
              <FieldInput
                field={{
                  name: 'conditionsUntil',
                  type: 'date',
                  label: '条件の期限（180日以内）',
                  required: true,
                }}
                value={until}
                onChange={setUntil}
              />
            </>
          )}
        </>
      )}
      <EvidenceInput
        record={{ kind: 'party', id: partyId }}
        value={evidence}
        onChange={setEvidence}
        docKind="screening_evidence"
        required={found}
      />
    </ConfirmAction>
  )
}

interface Missing {
  subject: Subject | undefined
  scope: readonly string[]
  text: Record<'provider' | 'queryText' | 'keywordSetVersion', string>
  day: string | null
  typed: string
  count: number | null
  findings: readonly TypedFinding[]
}

function missingOf({ subject, scope, text, day, typed, count, findings }: Missing): string | null {
  if (!subject) return '検索した対象を選んでください。'
  if (scope.length === 0) return '検索の範囲を選んでください。'
  for (const name of ['provider', 'queryText', 'keywordSetVersion'] as const)
    if (!text[name].trim()) return `${fields[name].label.ja}を入力してください。`
  if (!day || !TIME.test(typed)) return '検索した日と時刻（14:30 の形）を入力してください。'
  if (count === null) return '検索結果の件数を入力してください。'
  const bare = (one: TypedFinding) =>
    one.title.trim() === '' || one.judgement === null || one.reason.trim().length < 5
  return count > 0 && findings.some(bare)
    ? '確認した記事の見出し、判断、理由（5文字以上）を入力してください。'
    : null
}

function FindingInputs({
  at,
  finding,
  onChange,
  onRemove,
}: {
  at: number
  finding: TypedFinding
  onChange: (part: Partial<TypedFinding>) => void
  onRemove: (() => void) | null
}) {
  const name = (field: string) => `findings.${at}.${field}`
  return (
    <fieldset
      className="ui-field ui-field-full"
      style={{ border: 0, padding: 0, margin: 0, display: 'grid', gap: 12 }}
    >
      <legend className="ui-field-label">確認した記事 {at + 1}</legend>
      <FieldInput
        field={{ name: name('title'), type: 'text', label: '見出し', required: true, maxLength: 200 }}
        value={finding.title}
        onChange={title => onChange({ title })}
      />
      <FieldInput
        field={{ name: name('url'), type: 'text', label: 'URL', maxLength: 1000 }}
        value={finding.url}
        onChange={url => onChange({ url })}
      />
      <FieldInput
        field={{ name: name('publishedOn'), type: 'date', label: '掲載日' }}
        value={finding.publishedOn}
        onChange={publishedOn => onChange({ publishedOn })}
      />
      <FieldInput
        field={{
          name: name('judgement'),
          type: 'choice',
          label: '判断',
          required: true,
          options: Object.entries(judgementLabels).map(([value, label]) => ({ value, label })),
        }}
        value={finding.judgement}
        onChange={judgement => onChange({ judgement })}
      />
      <FieldInput
        field={{
          name: name('reason'),
          type: 'text',
          label: '理由',
          required: true,
          maxLength: 500,
          example: '代表者の生年月日と住所が異なる',
        }}
        value={finding.reason}
        onChange={reason => onChange({ reason })}
      />
      {onRemove && (
        <Row>
          <ActionButton size="small" disabledReason={null} onClick={onRemove}>
            この記事を外す
          </ActionButton>
        </Row>
      )}
    </fieldset>
  )
}
