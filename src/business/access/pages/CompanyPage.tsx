import { useState } from 'react'
import type { z } from 'zod'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import {
  Card,
  DateTimeText,
  FieldInput,
  FormSection,
  FormShell,
  inputOf,
  Loaded,
  PageHeader,
  useSay,
} from '../../../ui/index.ts'
import { companyFields } from '../company-fields.ts'
import { type CompanySettings, changeCompanySettings, companySettings } from '../contract.ts'
import { ClaimTypeRows } from './ClaimTypeRows.tsx'
import { PurposeRows } from './PurposeRows.tsx'

type Answer = z.output<typeof companySettings.output>

/** The own company: what stands on contracts and bank files, and the limits everybody works within. */
export default function CompanyPage() {
  const company = useApi(companySettings, {})
  return (
    <>
      <PageHeader
        title="会社設定"
        detail="変更のたびに版が残ります。自社の銀行口座は、経理の担当者が「自社口座」の画面で登録します。"
      />
      <Loaded from={company} rows={12}>
        {answer => (
          <div style={{ display: 'grid', gap: 14 }}>
            <CompanyForm key={answer.version} answer={answer} />
            <Versions versions={answer.versions} />
          </div>
        )}
      </Loaded>
    </>
  )
}

/** What is typed: numbers and codes as text where the list of fees or an empty field needs it. */
interface Typed
  extends Omit<
    CompanySettings,
    | 'transferFeesYen'
    | 'exportRowLimit'
    | 'toleranceYen'
    | 'closedDays'
    | 'faceMatchMinPpm'
    | 'assetIncomeOverYen'
    | 'virtualRestMonths'
    | 'impactTaskDays'
  > {
  closedOn: string
  transferFees: string
  exportRowLimit: number | null
  toleranceYen: number | null
  faceMatchMinPpm: number | null
  assetIncomeOverYen: number | null
  virtualRestMonths: number | null
  impactTaskDays: number | null
}

function typedOf({ transferFeesYen, closedDays, ...rest }: CompanySettings): Typed {
  return { ...rest, transferFees: transferFeesYen.join(', '), closedOn: closedDays.join(', ') }
}

/** What is typed between commas. */
const parted = (text: string) =>
  text
    .normalize('NFKC')
    .split(/[,、\s]+/)
    .filter(Boolean)

function settingsOf({ transferFees, closedOn, ...typed }: Typed): CompanySettings {
  return {
    ...typed,
    transferFeesYen: parted(transferFees).map(Number),
    closedDays: parted(closedOn).map(day => day.replace(/\//g, '-')),
    exportRowLimit: typed.exportRowLimit ?? 0,
    toleranceYen: typed.toleranceYen ?? 0,
    faceMatchMinPpm: typed.faceMatchMinPpm ?? 0,
    assetIncomeOverYen: typed.assetIncomeOverYen ?? 0,
    virtualRestMonths: typed.virtualRestMonths ?? 0,
    impactTaskDays: typed.impactTaskDays ?? 0,
  }
}

function CompanyForm({ answer }: { answer: Answer }) {
  const follow = useFollow()
  const say = useSay()
  const whyNot = useWhyNot()
  const [typed, setTyped] = useState(() => typedOf(answer.settings))
  const [reasonText, setReason] = useState('')
  const change = useCommand(changeCompanySettings, {
    onPending: pending => follow(`/change-requests/${pending.changeRequestId}`),
    onDone: () => say.done('会社設定を変更しました。'),
  })
  const settings = settingsOf(typed)
  const names = Object.keys(answer.settings) as (keyof CompanySettings)[]
  const dirty = names.some(name => JSON.stringify(settings[name]) !== JSON.stringify(answer.settings[name]))
  const refused = whyNot('access.changeCompany')
  const set = (part: Partial<Typed>) => setTyped({ ...typed, ...part })
  return (
    <FormShell
      label="会社設定"
      loading={false}
      submitError={change.problem}
      submitting={change.running}
      submitLabel="変更を保存する"
      submitDisabledReason={
        refused ??
        (dirty
          ? reasonText.trim().length < 5
            ? '変更の理由を5文字以上で入力してください。'
            : null
          : '変更された項目がありません。')
      }
      onSubmit={() =>
        change.run({
          version: answer.version,
          settings,
          change: { reasonCode: 'correction', reasonText, evidence: [] },
        })
      }
      dirty={dirty}
      draft={{ state: 'off' }}
      footnote="出力の行数や許容差額を引き上げる変更、連絡してよい時間を広げる変更、本人確認・報道の検索・バーチャル口座の基準を緩める変更は、もう一人の管理者の承認後に反映されます。"
    >
      <CompanySection typed={typed} set={set} readOnly={refused !== null} />
      <BankSection typed={typed} set={set} readOnly={refused !== null} />
      <HoursSection typed={typed} set={set} readOnly={refused !== null} />
      <LimitSection typed={typed} set={set} readOnly={refused !== null} />
      <NewsSection typed={typed} set={set} readOnly={refused !== null} />
      <ClaimTypeRows
        types={typed.claimTypes}
        onChange={claimTypes => set({ claimTypes })}
        readOnly={refused !== null}
      />
      <PurposeRows
        purposes={typed.kycPurposes}
        onChange={kycPurposes => set({ kycPurposes })}
        readOnly={refused !== null}
      />
      {dirty && (
        <FormSection title="変更の理由">
          <FieldInput
            field={{
              name: 'change.reasonText',
              type: 'longText',
              label: '理由',
              required: true,
              width: 'full',
              rows: 2,
              example: '2026年12月1日付の商号変更のため',
            }}
            value={reasonText}
            onChange={setReason}
          />
        </FormSection>
      )}
    </FormShell>
  )
}

interface SectionProps {
  typed: Typed
  set: (part: Partial<Typed>) => void
  readOnly: boolean
}

const at = 'settings.'
const { transferFeesYen, closedDays, ...plainFields } = companyFields

function CompanySection({ typed, set, readOnly }: SectionProps) {
  return (
    <FormSection title="会社">
      <FieldInput
        field={inputOf(plainFields.legalName, { at, required: true })}
        value={typed.legalName}
        onChange={legalName => set({ legalName })}
        readOnly={readOnly}
      />
      <FieldInput
        field={inputOf(plainFields.corporateNumber, { at })}
        value={typed.corporateNumber ?? ''}
        onChange={text => set({ corporateNumber: text || null })}
        readOnly={readOnly}
      />
      <FieldInput
        field={inputOf(plainFields.invoiceRegNo, { at })}
        value={typed.invoiceRegNo ?? ''}
        onChange={text => set({ invoiceRegNo: text || null })}
        readOnly={readOnly}
      />
      <FieldInput
        field={inputOf(plainFields.moneyLenderRegNo, { at })}
        value={typed.moneyLenderRegNo ?? ''}
        onChange={text => set({ moneyLenderRegNo: text || null })}
        readOnly={readOnly}
      />
      <FieldInput
        field={inputOf(plainFields.moneyLenderValidTo, { at })}
        value={typed.moneyLenderValidTo}
        onChange={moneyLenderValidTo => set({ moneyLenderValidTo })}
        readOnly={readOnly}
      />
      <FieldInput
        field={inputOf(plainFields.amlRegime, { at })}
        value={typed.amlRegime}
        onChange={value => set({ amlRegime: value as CompanySettings['amlRegime'] })}
        readOnly={readOnly}
      />
    </FormSection>
  )
}

function BankSection({ typed, set, readOnly }: SectionProps) {
  return (
    <FormSection title="銀行">
      <FieldInput
        field={inputOf(plainFields.originatorCode, { at })}
        value={typed.originatorCode ?? ''}
        onChange={text => set({ originatorCode: text || null })}
        readOnly={readOnly}
      />
      <FieldInput
        field={inputOf(plainFields.bankCutOff, { at, required: true })}
        value={typed.bankCutOff}
        onChange={bankCutOff => set({ bankCutOff })}
        readOnly={readOnly}
      />
      <FieldInput
        field={inputOf(plainFields.bankHolidays, { at })}
        value={typed.bankHolidays}
        onChange={value => set({ bankHolidays: value as CompanySettings['bankHolidays'] })}
        readOnly={readOnly}
      />
      <FieldInput
        field={inputOf(transferFeesYen, { at, width: 'full' })}
        value={typed.transferFees}
        onChange={transferFees => set({ transferFees })}
        readOnly={readOnly}
      />
    </FormSection>
  )
}

function HoursSection({ typed, set, readOnly }: SectionProps) {
  const time = (name: 'opensAt' | 'closesAt' | 'contactFrom' | 'contactTo') => (
    <FieldInput
      field={inputOf(plainFields[name], { at, required: true })}
      value={typed[name]}
      onChange={next => set({ [name]: next })}
      readOnly={readOnly}
    />
  )
  return (
    <FormSection title="営業時間と連絡の時間帯">
      {time('opensAt')}
      {time('closesAt')}
      <FieldInput
        field={inputOf(closedDays, { at, width: 'full' })}
        value={typed.closedOn}
        onChange={closedOn => set({ closedOn })}
        readOnly={readOnly}
      />
      {time('contactFrom')}
      {time('contactTo')}
      <FieldInput
        field={inputOf(plainFields.contactDays, { at })}
        value={typed.contactDays}
        onChange={value => set({ contactDays: value as CompanySettings['contactDays'] })}
        readOnly={readOnly}
      />
    </FormSection>
  )
}

function LimitSection({ typed, set, readOnly }: SectionProps) {
  return (
    <FormSection title="基準と上限">
      <FieldInput
        field={inputOf(plainFields.taxAmountBasis, { at })}
        value={typed.taxAmountBasis}
        onChange={value => set({ taxAmountBasis: value as CompanySettings['taxAmountBasis'] })}
        readOnly={readOnly}
      />
      <FieldInput
        field={inputOf(plainFields.exportRowLimit, { at, required: true, unit: '行' })}
        value={typed.exportRowLimit}
        onChange={exportRowLimit => set({ exportRowLimit })}
        readOnly={readOnly}
      />
      <FieldInput
        field={inputOf(plainFields.toleranceYen, { at, required: true })}
        value={typed.toleranceYen}
        onChange={toleranceYen => set({ toleranceYen })}
        readOnly={readOnly}
      />
      <FieldInput
        field={inputOf(plainFields.faceMatchMinPpm, { at, required: true })}
        value={typed.faceMatchMinPpm}
        onChange={faceMatchMinPpm => set({ faceMatchMinPpm })}
        readOnly={readOnly}
      />
      <FieldInput
        field={inputOf(plainFields.assetIncomeOverYen, { at, required: true })}
        value={typed.assetIncomeOverYen}
        onChange={assetIncomeOverYen => set({ assetIncomeOverYen })}
        readOnly={readOnly}
      />
      <FieldInput
        field={inputOf(plainFields.virtualRestMonths, { at, required: true, unit: 'か月' })}
        value={typed.virtualRestMonths}
        onChange={virtualRestMonths => set({ virtualRestMonths })}
        readOnly={readOnly}
      />
      <FieldInput
        field={inputOf(plainFields.impactTaskDays, { at, required: true, unit: '日' })}
        value={typed.impactTaskDays}
        onChange={impactTaskDays => set({ impactTaskDays })}
        readOnly={readOnly}
      />
    </FormSection>
  )
}

function NewsSection({ typed, set, readOnly }: SectionProps) {
  return (
    <FormSection title="報道・信用情報の検索">
      <FieldInput
        field={inputOf(plainFields.adverseMediaRule, { at, width: 'full' })}
        value={typed.adverseMediaRule}
        onChange={value => set({ adverseMediaRule: value as CompanySettings['adverseMediaRule'] })}
        readOnly={readOnly}
      />
      <FieldInput
        field={inputOf(plainFields.creditEventRule, { at, width: 'full' })}
        value={typed.creditEventRule}
        onChange={value => set({ creditEventRule: value as CompanySettings['creditEventRule'] })}
        readOnly={readOnly}
      />
    </FormSection>
  )
}

function Versions({ versions }: { versions: Answer['versions'] }) {
  return (
    <Card title="版の履歴" note={`${versions.length} 版`}>
      <ul style={{ margin: 0, paddingInlineStart: 20 }}>
        {versions.map(version => (
          <li key={version.version}>
            第{version.version}版{'　'}
            <DateTimeText at={version.recordedAt} />　{version.recordedBy.name}
          </li>
        ))}
      </ul>
    </Card>
  )
}
