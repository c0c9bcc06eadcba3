import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useFollow, usePathId } from '../../../platform/web/url.ts'
import { Card, FieldInput, FormSection, FormShell } from '../../../ui/index.ts'
import { PartyFormHeader } from '../../parties/web.tsx'
import { kycOfParty, openCase } from '../contract.ts'
import { factorLabels, methodLabels, ratingLabels, triggerLabels } from '../labels.ts'
import { type MethodCode, methods, type RatingFactor, riskRating } from '../rules.ts'
import type { KycTrigger } from '../tables.ts'

const options = (labels: Record<string, string>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

/** Starts a check of identity; the rating is shown as it follows from the factors. */
export default function OpenCasePage() {
  const partyId = usePathId('partyId')
  const follow = useFollow()
  const home = `/parties/${partyId}?tab=kyc`
  const shown = useApi(kycOfParty, { partyId })
  const ofPerson = shown.state === 'ready' && shown.value.partyKind === 'sole_proprietor'
  const [trigger, setTrigger] = useState<string | null>('onboarding')
  const [method, setMethod] = useState<string | null>(null)
  const [purpose, setPurpose] = useState('売掛債権の譲渡による資金調達')
  const [business, setBusiness] = useState('')
  const [factors, setFactors] = useState<readonly string[]>([])
  const [assets, setAssets] = useState(false)
  const open = useCommand(openCase, { onDone: () => follow(home) })
  const rating = riskRating(factors as RatingFactor[])
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
          submitDisabledReason={method ? null : '確認方法を選んでください。'}
          onSubmit={() =>
            open.run({
              partyId,
              trigger: trigger as KycTrigger,
              methodCode: method as MethodCode,
              purpose,
              businessContent: business || null,
              ratingFactors: [...factors] as RatingFactor[],
              assetIncomeChecked: assets,
            })
          }
          onCancel={() => follow(home)}
          dirty={method !== null}
          draft={{ state: 'off' }}
          footnote={`リスク評価は「${ratingLabels[rating]}」です。完了には2人の確認が必要です。`}
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
              value={method}
              onChange={setMethod}
            />
            <FieldInput
              field={{ name: 'purpose', type: 'text', label: '取引の目的', required: true, width: 'full' }}
              value={purpose}
              onChange={setPurpose}
            />
            <FieldInput
              field={{
                name: 'businessContent',
                type: 'longText',
                label: '事業内容・職業',
                rows: 2,
                width: 'full',
              }}
              value={business}
              onChange={setBusiness}
            />
          </FormSection>
          <FormSection title="リスク">
            <FieldInput
              field={{
                name: 'ratingFactors',
                type: 'multi',
                label: '該当する要因',
                options: options(factorLabels),
              }}
              value={factors}
              onChange={setFactors}
            />
            <FieldInput
              field={{
                name: 'assetIncomeChecked',
                type: 'bool',
                label: '資産・収入',
                sentence: '資産・収入の書類を確認した',
              }}
              value={assets}
              onChange={value => setAssets(value === true)}
            />
          </FormSection>
        </FormShell>
      </Card>
    </>
  )
}
