import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useFollow, usePathId } from '../../../platform/web/url.ts'
import { Card, FieldInput, FormSection, FormShell } from '../../../ui/index.ts'
import { useFirstOwn } from '../../customization/web.tsx'
import { PartyFormHeader } from '../../parties/web.tsx'
import { draftContract } from '../contract.ts'
import {
  contractKindLabels,
  feeBaseLabels,
  feeMethodLabels,
  legalKindLabels,
  payoutAfterLabels,
  receivableKindLabels,
  recourseLabels,
  retentionLabels,
  routeLabels,
} from '../labels.ts'
import type { ContractTerms, ReceivableKind } from '../terms.ts'

const options = (labels: Record<string, string>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

const usual = {
  contractKind: 'master',
  legalKind: 'two_party',
  collectionRoute: 'client_remits',
  receivableKinds: ['invoice'] as readonly string[],
  advancePpm: 900_000 as number | null,
  feePpm: 50_000 as number | null,
  feeBase: 'purchased',
  feeMethod: 'flat',
  feePeriodDays: null as number | null,
  feeMinimumYen: 0 as number | null,
  retentionAbsorbs: 'dilution_then_credit',
  remitDays: 1 as number | null,
  graceDays: 0 as number | null,
  lateRatePpm: 146_000 as number | null,
  recourse: 'dilution_only',
  payoutAfter: 'contract',
}
type Typed = typeof usual

/** Drafts a contract: the terms as they will be priced, with what is usual already filled in. */
export default function DraftContractPage() {
  const partyId = usePathId('partyId')
  const follow = useFollow()
  const home = `/parties/${partyId}?tab=contracts`
  const [typed, setTyped] = useState<Typed>(usual)
  const draft = useCommand(draftContract, { onDone: answer => follow(`/contracts/${answer.id}`) })
  const own = useFirstOwn('contract')
  const set =
    <K extends keyof Typed>(key: K) =>
    (value: Typed[K]) =>
      setTyped({ ...typed, [key]: value })
  const missing =
    typed.advancePpm === null || typed.feePpm === null ? '掛目と手数料率を入力してください。' : own.missing
  return (
    <>
      <PartyFormHeader title="契約の作成" partyId={partyId} tab="contracts" tabLabel="契約" />
      <Card title="契約の条件">
        <FormShell
          label="契約の作成"
          loading={own.loading}
          submitError={draft.problem}
          submitting={draft.running}
          submitLabel="下書きを作成する"
          submitDisabledReason={missing}
          onSubmit={() =>
            draft.run({
              partyId,
              contractKind: typed.contractKind as 'master',
              terms: termsOf(typed),
              custom: own.custom,
            })
          }
          onCancel={() => follow(home)}
          dirty={typed !== usual || own.dirty}
          draft={{ state: 'off' }}
          footnote="作成後、社内確認・送付を経て、別の担当者の承認で締結します。"
        >
          <FormSection title="形態">
            <Choice
              name="contractKind"
              label="種類"
              labels={contractKindLabels}
              value={typed.contractKind}
              onChange={set('contractKind')}
            />
            <Choice
              name="terms.legalKind"
              label="契約形態"
              labels={legalKindLabels}
              value={typed.legalKind}
              onChange={set('legalKind')}
            />
            <Choice
              name="terms.collectionRoute"
              label="回収経路"
              labels={routeLabels}
              value={typed.collectionRoute}
              onChange={set('collectionRoute')}
            />
            <FieldInput
              field={{
                name: 'terms.receivableKinds',
                type: 'multi',
                label: '対象債権',
                required: true,
                options: options(receivableKindLabels),
                help: '個人の給与債権は取り扱えません。',
              }}
              value={typed.receivableKinds}
              onChange={set('receivableKinds')}
            />
            <Choice
              name="terms.recourse"
              label="償還請求権"
              labels={recourseLabels}
              value={typed.recourse}
              onChange={set('recourse')}
            />
            <Choice
              name="terms.payoutAfter"
              label="送金の条件"
              labels={payoutAfterLabels}
              value={typed.payoutAfter}
              onChange={set('payoutAfter')}
            />
          </FormSection>
          <FormSection title="料金と留保">
            <FieldInput
              field={{ name: 'terms.advancePpm', type: 'rate', label: '掛目', required: true, example: '90' }}
              value={typed.advancePpm}
              onChange={set('advancePpm')}
            />
            <FieldInput
              field={{ name: 'terms.feePpm', type: 'rate', label: '手数料率', required: true, example: '5' }}
              value={typed.feePpm}
              onChange={set('feePpm')}
            />
            <Choice
              name="terms.feeBase"
              label="手数料の計算対象"
              labels={feeBaseLabels}
              value={typed.feeBase}
              onChange={set('feeBase')}
            />
            <Choice
              name="terms.feeMethod"
              label="手数料の計算方法"
              labels={feeMethodLabels}
              value={typed.feeMethod}
              onChange={set('feeMethod')}
            />
            {typed.feeMethod === 'per_period' && (
              <FieldInput
                field={{
                  name: 'terms.feePeriodDays',
                  type: 'number',
                  label: '1期間の日数',
                  unit: '日',
                  required: true,
                }}
                value={typed.feePeriodDays}
                onChange={set('feePeriodDays')}
              />
            )}
            <FieldInput
              field={{ name: 'terms.feeMinimumYen', type: 'yen', label: '最低手数料' }}
              value={typed.feeMinimumYen}
              onChange={set('feeMinimumYen')}
            />
            <Choice
              name="terms.retentionAbsorbs"
              label="留保金の充当"
              labels={retentionLabels}
              value={typed.retentionAbsorbs}
              onChange={set('retentionAbsorbs')}
            />
          </FormSection>
          <FormSection title="回収と遅延">
            {typed.collectionRoute === 'client_remits' && (
              <FieldInput
                field={{
                  name: 'terms.remitRule',
                  type: 'number',
                  label: '送金期日（支払期日の何営業日後）',
                  unit: '営業日',
                  required: true,
                  why: '回収期日になり、延滞と遅延損害金の起算日になります。',
                }}
                value={typed.remitDays}
                onChange={set('remitDays')}
              />
            )}
            <FieldInput
              field={{ name: 'terms.graceDays', type: 'number', label: '猶予日数', unit: '日' }}
              value={typed.graceDays}
              onChange={set('graceDays')}
            />
            <FieldInput
              field={{
                name: 'terms.lateRatePpm',
                type: 'rate',
                label: '遅延損害金（年率）',
                example: '14.6',
              }}
              value={typed.lateRatePpm}
              onChange={set('lateRatePpm')}
            />
          </FormSection>
          {own.section}
        </FormShell>
      </Card>
    </>
  )
}

interface ChoiceProps {
  name: string
  label: string
  labels: Record<string, string>
  value: string
  onChange: (value: string) => void
}

function Choice({ name, label, labels, value, onChange }: ChoiceProps) {
  return (
    <FieldInput
      field={{ name, type: 'choice', label, required: true, options: options(labels) }}
      value={value}
      onChange={next => onChange(next ?? value)}
    />
  )
}

function termsOf(typed: Typed) {
  return {
    legalKind: typed.legalKind as ContractTerms['legalKind'],
    collectionRoute: typed.collectionRoute as ContractTerms['collectionRoute'],
    receivableKinds: [...typed.receivableKinds] as ReceivableKind[],
    advancePpm: typed.advancePpm ?? 0,
    feePpm: typed.feePpm ?? 0,
    feeBase: typed.feeBase as ContractTerms['feeBase'],
    feeMethod: typed.feeMethod as ContractTerms['feeMethod'],
    feePeriodDays: typed.feeMethod === 'per_period' ? typed.feePeriodDays : null,
    feeMinimumYen: typed.feeMinimumYen ?? 0,
    retentionAbsorbs: typed.retentionAbsorbs as ContractTerms['retentionAbsorbs'],
    remitRule:
      typed.collectionRoute === 'client_remits' && typed.remitDays !== null
        ? {
            kind: 'days_after_due' as const,
            days: typed.remitDays,
            unit: 'business' as const,
            holidayRoll: 'following' as const,
          }
        : null,
    graceDays: typed.graceDays ?? 0,
    lateRatePpm: typed.lateRatePpm,
    recourse: typed.recourse as ContractTerms['recourse'],
    payoutAfter: typed.payoutAfter as ContractTerms['payoutAfter'],
  }
}
