import { useState } from 'react'
import type { Problem } from '../../../ui/index.ts'
import {
  ActionButton,
  FieldInput,
  FormSection,
  FormShell,
  inputOf,
  type LookupValue,
  Row,
} from '../../../ui/index.ts'
import type { FirstOwn } from '../../customization/web.tsx'
import { PartyChoice, StaffChoice } from '../../parties/web.tsx'
import { incidentFields as fields } from '../fields.ts'
import { incidentKindLabels, subjectRoleLabels } from '../labels.ts'
import './incidents.css'
import type { BreachGround, IncidentKind, SubjectRole } from '../tables.ts'

export interface TypedIncident {
  kind: IncidentKind
  title: string
  foundOn: string | null
  facts: string
  lossYen: number | null
  cause: string
  recurrencePrevention: string
  owner: LookupValue | null
  reportDueOn: string | null
  filingOn: string | null
  court: string
  courtCaseNo: string
  claimDeadlineOn: string | null
  knownOn: string | null
  personsAffected: number | null
  breachGrounds: readonly string[]
  subjects: { party: LookupValue; role: SubjectRole }[]
}

export const emptyIncident: TypedIncident = {
  kind: 'fraud',
  title: '',
  foundOn: null,
  facts: '',
  lossYen: null,
  cause: '',
  recurrencePrevention: '',
  owner: null,
  reportDueOn: null,
  filingOn: null,
  court: '',
  courtCaseNo: '',
  claimDeadlineOn: null,
  knownOn: null,
  personsAffected: null,
  breachGrounds: [],
  subjects: [],
}

const filled = (text: string) => text.trim() || null

/** The items as the commands take them; what belongs to another kind is left out. */
export function itemsOf(typed: TypedIncident) {
  const insolvency = typed.kind === 'insolvency'
  const data = typed.kind === 'data'
  return {
    title: typed.title,
    foundOn: typed.foundOn ?? '',
    facts: typed.facts,
    lossYen: typed.lossYen,
    cause: filled(typed.cause),
    recurrencePrevention: filled(typed.recurrencePrevention),
    ownerId: typed.owner?.value ?? null,
    reportDueOn: typed.reportDueOn,
    filingOn: insolvency ? typed.filingOn : null,
    court: insolvency ? filled(typed.court) : null,
    courtCaseNo: insolvency ? filled(typed.courtCaseNo) : null,
    claimDeadlineOn: insolvency ? typed.claimDeadlineOn : null,
    knownOn: data ? typed.knownOn : null,
    personsAffected: data ? typed.personsAffected : null,
    breachGrounds: data ? ([...typed.breachGrounds] as BreachGround[]) : [],
    subjects: typed.subjects.map(one => ({ partyId: one.party.value, role: one.role })),
  }
}

interface IncidentFormProps {
  first: TypedIncident
  /** The kind of an incident that is there stays. */
  kindStays: boolean
  /** The company's own fields, asked for while the incident is new. */
  own?: FirstOwn
  submitLabel: string
  running: boolean
  problem: Problem | null
  onSubmit: (typed: TypedIncident, reason: string) => void
  onCancel: () => void
}

export function IncidentForm({ first, kindStays, own, ...props }: IncidentFormProps) {
  const [typed, setTyped] = useState(first)
  const [reason, setReason] = useState('')
  const set = (part: Partial<TypedIncident>) => setTyped({ ...typed, ...part })
  const missing =
    !typed.title.trim() || !typed.facts.trim() || !typed.foundOn
      ? '件名・発見日・事実を入力してください。'
      : typed.kind === 'data' && !typed.knownOn
        ? '知った日を入力してください。'
        : kindStays && reason.trim().length < 5
          ? '変更の理由を5文字以上で入力してください。'
          : (own?.missing ?? null)
  return (
    <FormShell
      label="事故"
      loading={own?.loading ?? false}
      submitError={props.problem}
      submitting={props.running}
      submitLabel={props.submitLabel}
      submitDisabledReason={missing}
      onSubmit={() => props.onSubmit(typed, reason)}
      onCancel={props.onCancel}
      dirty={typed !== first || own?.dirty === true}
      draft={{ state: 'off' }}
      footnote="事実・原因・再発防止策は暗号化して保存します。"
    >
      <FormSection title="事故">
        <FieldInput
          field={
            kindStays
              ? { name: 'kind', type: 'text', label: fields.kind.label.ja }
              : inputOf(fields.kind, { required: true })
          }
          value={kindStays ? incidentKindLabels[typed.kind] : typed.kind}
          readOnly={kindStays}
          onChange={(value: string | null) => value && !kindStays && set({ kind: value as IncidentKind })}
        />
        <FieldInput
          field={inputOf(fields.foundOn, { required: true, width: 'short' })}
          value={typed.foundOn}
          onChange={foundOn => set({ foundOn })}
        />
        <FieldInput
          field={inputOf(fields.lossYen)}
          value={typed.lossYen}
          onChange={lossYen => set({ lossYen })}
        />
        <FieldInput
          field={inputOf(fields.title, { required: true, width: 'full' })}
          value={typed.title}
          onChange={title => set({ title })}
        />
        <FieldInput
          field={{ ...inputOf(fields.facts, { required: true, width: 'full' }), rows: 5 }}
          value={typed.facts}
          onChange={facts => set({ facts })}
        />
      </FormSection>
      <Subjects typed={typed} onChange={subjects => set({ subjects })} />
      {typed.kind === 'insolvency' && <Insolvency typed={typed} onChange={set} />}
      {typed.kind === 'data' && <Breach typed={typed} onChange={set} />}
      {own?.section}
      <FormSection
        title="対応"
        hint="原因と再発防止策は、分かってから書いてかまいません。終了するには両方が必要です。"
      >
        <StaffChoice
          name="ownerId"
          label={fields.ownerId.label.ja}
          help={fields.ownerId.help}
          value={typed.owner}
          onChange={owner => set({ owner })}
        />
        <FieldInput
          field={inputOf(fields.reportDueOn, { width: 'short' })}
          value={typed.reportDueOn}
          onChange={reportDueOn => set({ reportDueOn })}
        />
        <FieldInput
          field={{ ...inputOf(fields.cause, { width: 'full' }), rows: 3 }}
          value={typed.cause}
          onChange={cause => set({ cause })}
        />
        <FieldInput
          field={{ ...inputOf(fields.recurrencePrevention, { width: 'full' }), rows: 3 }}
          value={typed.recurrencePrevention}
          onChange={recurrencePrevention => set({ recurrencePrevention })}
        />
        {kindStays && (
          <FieldInput
            field={{
              name: 'reason',
              type: 'text',
              label: '変更の理由',
              required: true,
              width: 'full',
              maxLength: 500,
            }}
            value={reason}
            onChange={setReason}
          />
        )}
      </FormSection>
    </FormShell>
  )
}

function Subjects({
  typed,
  onChange,
}: {
  typed: TypedIncident
  onChange: (subjects: TypedIncident['subjects']) => void
}) {
  const [party, setParty] = useState<LookupValue | null>(null)
  const [role, setRole] = useState<SubjectRole>('client')
  const twice = party !== null && typed.subjects.some(one => one.party.value === party.value)
  return (
    <FormSection title="関係する会社" hint="登録した会社と、そのグループ会社のページに表示されます。">
      <PartyChoice name="subjects" label="会社" value={party} onChange={setParty} />
      <FieldInput
        field={{
          name: 'subjectRole',
          type: 'choice',
          label: '立場',
          options: Object.entries(subjectRoleLabels).map(([value, label]) => ({ value, label })),
        }}
        value={role}
        onChange={value => value && setRole(value as SubjectRole)}
      />
      <Row>
        <ActionButton
          disabledReason={
            party === null ? '会社を選んでください。' : twice ? 'この会社は追加済みです。' : null
          }
          onClick={() => {
            if (party) onChange([...typed.subjects, { party, role }])
            setParty(null)
          }}
        >
          会社を追加
        </ActionButton>
      </Row>
      <ul className="incidents-filings">
        {typed.subjects.map(one => (
          <li key={one.party.value}>
            {one.party.label}（{subjectRoleLabels[one.role]}）{' '}
            <ActionButton
              size="small"
              disabledReason={null}
              onClick={() => onChange(typed.subjects.filter(other => other !== one))}
            >
              外す
            </ActionButton>
          </li>
        ))}
      </ul>
    </FormSection>
  )
}

interface PartProps {
  typed: TypedIncident
  onChange: (part: Partial<TypedIncident>) => void
}

function Insolvency({ typed, onChange }: PartProps) {
  return (
    <FormSection title="倒産・支払停止">
      <FieldInput
        field={inputOf(fields.filingOn, { width: 'short' })}
        value={typed.filingOn}
        onChange={filingOn => onChange({ filingOn })}
      />
      <FieldInput field={inputOf(fields.court)} value={typed.court} onChange={court => onChange({ court })} />
      <FieldInput
        field={inputOf(fields.courtCaseNo)}
        value={typed.courtCaseNo}
        onChange={courtCaseNo => onChange({ courtCaseNo })}
      />
      <FieldInput
        field={inputOf(fields.claimDeadlineOn, { width: 'short' })}
        value={typed.claimDeadlineOn}
        onChange={claimDeadlineOn => onChange({ claimDeadlineOn })}
      />
    </FormSection>
  )
}

function Breach({ typed, onChange }: PartProps) {
  return (
    <FormSection
      title="個人データの漏えい等"
      hint="事由を選ぶと、速報（5日目）と確報（30日目。不正の目的のおそれは60日目）の期限が決まります。"
    >
      <FieldInput
        field={inputOf(fields.knownOn, { required: true, width: 'short' })}
        value={typed.knownOn}
        onChange={knownOn => onChange({ knownOn })}
      />
      <FieldInput
        field={inputOf(fields.personsAffected, { unit: '人' })}
        value={typed.personsAffected}
        onChange={personsAffected => onChange({ personsAffected })}
      />
      <FieldInput
        field={inputOf(fields.breachGrounds, { width: 'full' })}
        value={typed.breachGrounds}
        onChange={breachGrounds => onChange({ breachGrounds })}
      />
    </FormSection>
  )
}
