import { useState } from 'react'
import { addMonths } from '../../../platform/dates/calendar-date.ts'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useToday } from '../../../platform/web/session.ts'
import { useFollow, usePathId } from '../../../platform/web/url.ts'
import {
  ActionButton,
  EmptyState,
  FieldInput,
  FormSection,
  FormShell,
  inputOf,
  Loaded,
  Row,
  useSay,
} from '../../../ui/index.ts'
import { useFirstOwn } from '../../customization/web.tsx'
import { EvidenceInput } from '../../documents/web.tsx'
import { PartyFormHeader } from '../../parties/web.tsx'
import {
  type CreditFile,
  type CreditReview,
  creditFileOfParty,
  draftReview,
  reviseReview,
} from '../contract.ts'
import { reviewFields } from '../fields.ts'
import { basisKindLabels, basisSourceLabels, subjectRoleLabels } from '../labels.ts'
import { independentSources, needsTwoSources, SOURCES_NEEDED } from '../rules/basis.ts'
import type { Basis, BasisKind, BasisSource, ReviewOutcome, SubjectRole } from '../tables.ts'
import { options } from './words.tsx'

/** Who usually says it: proposed with the kind, changed where it is otherwise. */
const usualSource: Record<BasisKind, BasisSource> = {
  statements: 'subject',
  tax_arrears: 'tax_office',
  bank_data: 'bank',
  references: 'trade_reference',
  external_report: 'tdb',
  payment_record: 'own_records',
  site_visit: 'own_visit',
  other: 'subject',
}

/** Starts a credit review. */
export default function CreditReviewPage() {
  return <ReviewPage title="審査を開始" reviewId={null} />
}

/** Changes a draft. */
export function EditCreditReviewPage() {
  return <ReviewPage title="審査の内容を変更" reviewId={usePathId('reviewId')} />
}

function ReviewPage({ title, reviewId }: { title: string; reviewId: string | null }) {
  const partyId = usePathId('partyId')
  const file = useApi(creditFileOfParty, { partyId })
  return (
    <>
      <PartyFormHeader title={title} partyId={partyId} tab="credit-file" tabLabel="審査" />
      <Loaded from={file} rows={12}>
        {value => {
          const draft = value.reviews.find(review => review.id === reviewId && review.state === 'draft')
          return reviewId && !draft ? (
            <EmptyState
              title="この審査は変更できません"
              hint="既に決定または取下げされています。「審査」タブで内容を確かめてください。"
            />
          ) : (
            <ReviewForm partyId={partyId} file={value} draft={draft ?? null} />
          )
        }}
      </Loaded>
    </>
  )
}

function ReviewForm({
  partyId,
  file,
  draft,
}: {
  partyId: string
  file: CreditFile
  draft: CreditReview | null
}) {
  const follow = useFollow()
  const say = useSay()
  const today = useToday()
  const home = `/parties/${partyId}?tab=credit-file`
  const roles = (['client', 'debtor'] as const).filter(role => file.roles.includes(role))
  const [role, setRole] = useState<string | null>(draft?.subjectRole ?? roles[0] ?? null)
  const [initial] = useState({
    assessedOn: (draft?.assessedOn ?? today) as string | null,
    outcome: (draft?.outcome ?? 'accept') as ReviewOutcome,
    recommendedYen: draft?.recommendedYen ?? null,
    conditions: draft?.conditions ?? '',
    grounds: draft?.grounds ?? '',
    reviewDueOn: (draft?.reviewDueOn ?? addMonths(today, 12)) as string | null,
    basis: (draft?.basis ?? [{ kind: 'statements', source: 'subject', note: '' }]) as Basis[],
    evidence: (draft?.evidence ?? []) as readonly string[],
  })
  const [typed, setTyped] = useState(initial)
  const set = (part: Partial<typeof initial>) => setTyped(before => ({ ...before, ...part }))
  const onDone = () => {
    say.done(
      draft
        ? '審査の内容を変更しました。'
        : '審査を開始しました。根拠が揃ったら「決定する」を押してください。',
    )
    follow(home)
  }
  const start = useCommand(draftReview, { onDone })
  const revise = useCommand(reviseReview, { onDone })
  const own = useFirstOwn('credit_review')
  const declined = typed.outcome === 'decline'
  const missing = [
    role ? null : '審査の対象を選んでください。',
    typed.assessedOn ? null : '査定日を入力してください。',
    declined || typed.recommendedYen !== null ? null : '推奨限度額を入力してください。',
    typed.outcome !== 'conditional' || typed.conditions.trim().length >= 5
      ? null
      : '条件を5文字以上で入力してください。',
    typed.grounds.trim().length >= 5 ? null : '判断の理由を5文字以上で入力してください。',
    typed.reviewDueOn ? null : '次回の見直し期日を入力してください。',
    typed.basis.every(one => one.note.trim() !== '')
      ? null
      : '根拠の要点を入力するか、その行を外してください。',
    draft ? null : own.missing,
  ].find(one => one !== null)
  const send = () => {
    const content = {
      assessedOn: typed.assessedOn ?? '',
      outcome: typed.outcome,
      recommendedYen: declined ? null : typed.recommendedYen,
      conditions: typed.outcome === 'conditional' ? typed.conditions : null,
      grounds: typed.grounds,
      basis: typed.basis,
      reviewDueOn: typed.reviewDueOn ?? '',
      evidence: [...typed.evidence],
    }
    if (draft) revise.run({ reviewId: draft.id, rowVersion: draft.rowVersion, ...content })
    else
      start.run({
        partyId,
        subjectRole: (role ?? 'client') as SubjectRole,
        ...content,
        custom: own.custom,
      })
  }
  return (
    <FormShell
      label="与信審査"
      loading={!draft && own.loading}
      submitError={start.problem ?? revise.problem}
      submitting={start.running || revise.running}
      submitLabel={draft ? '変更する' : '審査中として保存する'}
      submitDisabledReason={missing ?? null}
      onSubmit={send}
      onCancel={() => follow(home)}
      dirty={typed !== initial || own.dirty}
      draft={{ state: 'off' }}
      footnote="保存しただけでは決定になりません。決定は「審査」タブで行い、その後は変更できません。"
    >
      <FormSection title="結論">
        <FieldInput
          field={{
            ...inputOf(reviewFields.subjectRole, { required: true }),
            options: roles.map(value => ({ value, label: subjectRoleLabels[value] })),
          }}
          value={role}
          onChange={setRole}
          readOnly={draft !== null}
        />
        <FieldInput
          field={inputOf(reviewFields.outcome, { required: true })}
          value={typed.outcome}
          onChange={value => set({ outcome: (value ?? 'accept') as ReviewOutcome })}
        />
        {!declined && (
          <FieldInput
            field={inputOf(reviewFields.recommendedYen, { required: true })}
            value={typed.recommendedYen}
            onChange={recommendedYen => set({ recommendedYen })}
          />
        )}
        <FieldInput
          field={inputOf(reviewFields.assessedOn, { required: true })}
          value={typed.assessedOn}
          onChange={assessedOn => set({ assessedOn })}
        />
        <FieldInput
          field={inputOf(reviewFields.reviewDueOn, { required: true })}
          value={typed.reviewDueOn}
          onChange={reviewDueOn => set({ reviewDueOn })}
        />
        {typed.outcome === 'conditional' && (
          <FieldInput
            field={inputOf(reviewFields.conditions, { required: true, width: 'full' })}
            value={typed.conditions}
            onChange={conditions => set({ conditions })}
          />
        )}
        <FieldInput
          field={inputOf(reviewFields.grounds, { required: true, width: 'full' })}
          value={typed.grounds}
          onChange={grounds => set({ grounds })}
        />
      </FormSection>
      <BasisSection
        basis={typed.basis}
        onChange={basis => set({ basis })}
        hint={basisHint(typed.basis, declined ? null : typed.recommendedYen, file)}
      />
      <FormSection title="資料" hint="決算書、通帳の写し、調査レポートなどを付けます。">
        <EvidenceInput
          record={{ kind: 'party', id: partyId }}
          value={typed.evidence}
          onChange={evidence => set({ evidence })}
          docKind="statement"
        />
      </FormSection>
      {!draft && own.section}
    </FormShell>
  )
}

function basisHint(basis: readonly Basis[], recommendedYen: number | null, file: CreditFile): string {
  const sources = independentSources(basis)
  const threshold = file.rules.basisThresholdYen.toLocaleString('ja-JP')
  if (needsTwoSources(recommendedYen, file.rules))
    return sources >= SOURCES_NEEDED
      ? `出所の異なる根拠が${sources}つあります（${threshold}円以上のため2つ以上必要）。`
      : `推奨限度額が${threshold}円以上のため、出所の異なる根拠が2つ以上必要です（現在 ${sources}つ）。`
  return `出所の異なる根拠 ${sources}つ。推奨限度額が${threshold}円以上のときは2つ以上必要です。`
}

/** Each basis with who says it: several of one source count once. */
function BasisSection({
  basis,
  onChange,
  hint,
}: {
  basis: readonly Basis[]
  onChange: (basis: Basis[]) => void
  hint: string
}) {
  const change = (at: number, part: Partial<Basis>) =>
    onChange(basis.map((one, place) => (place === at ? { ...one, ...part } : one)))
  return (
    <FormSection title="根拠" hint={hint}>
      {basis.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a basis has no other name than its place
        <div key={at} className="ui-field ui-field-full">
          <div className="ui-form-grid">
            <FieldInput
              field={{
                name: `basis.${at}.kind`,
                type: 'choice',
                label: `種類（根拠 ${at + 1}）`,
                required: true,
                options: options(basisKindLabels),
              }}
              value={one.kind}
              onChange={value => {
                const kind = (value ?? 'other') as BasisKind
                change(at, { kind, source: usualSource[kind] })
              }}
            />
            <FieldInput
              field={{
                name: `basis.${at}.source`,
                type: 'choice',
                label: `出所（根拠 ${at + 1}）`,
                required: true,
                options: options(basisSourceLabels),
              }}
              value={one.source}
              onChange={value => change(at, { source: (value ?? 'subject') as BasisSource })}
            />
            <FieldInput
              field={{
                name: `basis.${at}.note`,
                type: 'text',
                label: `要点（根拠 ${at + 1}）`,
                required: true,
                maxLength: 500,
                example: '2026年3月期 売上4.2億円、経常利益1,200万円',
              }}
              value={one.note}
              onChange={note => change(at, { note })}
            />
          </div>
          <ActionButton
            size="small"
            disabledReason={null}
            onClick={() => onChange(basis.filter((_one, place) => place !== at))}
          >
            {`根拠 ${at + 1} を外す`}
          </ActionButton>
        </div>
      ))}
      <div className="ui-field ui-field-full">
        <Row>
          <ActionButton
            disabledReason={basis.length >= 20 ? '根拠は20件までです。' : null}
            onClick={() => onChange([...basis, nextBasis(basis)])}
          >
            根拠を追加
          </ActionButton>
        </Row>
      </div>
    </FormSection>
  )
}

/** The next row proposes a kind that is not there yet. */
function nextBasis(basis: readonly Basis[]): Basis {
  const order: BasisKind[] = ['statements', 'bank_data', 'external_report', 'tax_arrears', 'payment_record']
  const kind = order.find(one => !basis.some(row => row.kind === one)) ?? 'other'
  return { kind, source: usualSource[kind], note: '' }
}
