import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useFollow, usePathId } from '../../../platform/web/url.ts'
import { Card, FieldInput, FormSection, FormShell } from '../../../ui/index.ts'
import { PartyFormHeader } from '../../parties/web.tsx'
import { kycOfParty, openCase } from '../contract.ts'
import { methodLabels, triggerLabels } from '../labels.ts'
import { type MethodCode, methods, type RatingFactor } from '../rules.ts'
import type { KycTrigger } from '../tables.ts'
import {
  options,
  PurposeInputs,
  purposeUnfilled,
  RiskInputs,
  ratingSentence,
  type TypedCase,
} from './CaseInputs.tsx'

/** Starts a check of identity; the rating is shown as it follows from the factors. */
export default function OpenCasePage() {
  const partyId = usePathId('partyId')
  const follow = useFollow()
  const home = `/parties/${partyId}?tab=kyc`
  const shown = useApi(kycOfParty, { partyId })
  const ofPerson = shown.state === 'ready' && shown.value.partyKind === 'sole_proprietor'
  const [trigger, setTrigger] = useState<string | null>('onboarding')
  const [typed, setTyped] = useState<TypedCase>({
    methodCode: null,
    purposeCode: null,
    purpose: '',
    businessContent: '',
    ratingFactors: [],
    expectedYen: null,
    assetIncomeChecked: false,
  })
  const set = (part: Partial<TypedCase>) => setTyped({ ...typed, ...part })
  const open = useCommand(openCase, { onDone: () => follow(home) })
  const fitting = options(methodLabels).filter(
    option => (methods[option.value as MethodCode].of === 'person') === ofPerson,
  )
  return (
    <>
      <PartyFormHeader title="本人確認を開始" partyId={partyId} tab="kyc" tabLabel="本人確認" />
      <Card title="確認の内容">
        <FormShell
          label="本人確認"
          loading={shown.state === 'loading'}
          submitError={open.problem}
          submitting={open.running}
          submitLabel="開始する"
          submitDisabledReason={typed.methodCode ? purposeUnfilled(typed) : '確認方法を選んでください。'}
          onSubmit={() =>
            open.run({
              partyId,
              trigger: trigger as KycTrigger,
              methodCode: typed.methodCode as MethodCode,
              purposeCode: typed.purposeCode ?? '',
              purpose: typed.purpose.trim() || null,
              businessContent: typed.businessContent || null,
              ratingFactors: [...typed.ratingFactors] as RatingFactor[],
              expectedYen: typed.expectedYen,
              assetIncomeChecked: typed.assetIncomeChecked,
            })
          }
          onCancel={() => follow(home)}
          dirty={typed.methodCode !== null}
          draft={{ state: 'off' }}
          footnote={`${ratingSentence(typed.ratingFactors)}完了には2人の確認が必要です。`}
        >
          <FormSection title="方法と目的">
            <FieldInput
              field={{
                name: 'trigger',
                type: 'choice',
                label: 'きっかけ',
                required: true,
                options: options(triggerLabels),
              }}
              value={trigger}
              onChange={setTrigger}
            />
            <FieldInput
              field={{
                name: 'methodCode',
                type: 'choice',
                label: '確認方法',
                required: true,
                options: fitting,
              }}
              value={typed.methodCode}
              onChange={(methodCode: string | null) => set({ methodCode })}
            />
            <PurposeInputs
              typed={typed}
              set={set}
              offered={shown.state === 'ready' ? shown.value.purposesOffered : []}
            />
          </FormSection>
          <FormSection title="リスク">
            <RiskInputs typed={typed} set={set} />
          </FormSection>
        </FormShell>
      </Card>
    </>
  )
}
