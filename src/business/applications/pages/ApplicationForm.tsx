import { FieldInput, FormSection, inputOf, type LookupValue } from '../../../ui/index.ts'
import { PartyChoice } from '../../parties/web.tsx'
import { PlanChoiceField } from '../../plans/web.tsx'
import type { ApplicationShown } from '../contract.ts'
import { applicationFields as fields } from '../fields.ts'
import type { ApplicationChannel } from '../tables.ts'

/** What is typed of an application, new or changed. */
export interface TypedApplication {
  planVersionId: string | null
  channel: ApplicationChannel | null
  form: 'full' | 'short'
  campaign: string
  broker: LookupValue | null
  inquiryNo: string
  requestedYen: number | null
  neededBy: string | null
  previousFactorName: string
  previousFactorEndedOn: string | null
  previousFactorOpenYen: number | null
}

export const emptyApplication: TypedApplication = {
  planVersionId: null,
  channel: 'web',
  form: 'full',
  campaign: '',
  broker: null,
  inquiryNo: '',
  requestedYen: null,
  neededBy: null,
  previousFactorName: '',
  previousFactorEndedOn: null,
  previousFactorOpenYen: null,
}

export function typedOf(shown: ApplicationShown): TypedApplication {
  return {
    planVersionId: shown.plan?.planVersionId ?? null,
    channel: shown.channel,
    form: shown.form,
    campaign: shown.campaign ?? '',
    broker: shown.broker ? { value: shown.broker.id, label: shown.broker.name } : null,
    inquiryNo: shown.inquiry?.inquiryNo ?? '',
    requestedYen: shown.requestedYen,
    neededBy: shown.neededBy,
    previousFactorName: shown.previousFactor?.name ?? '',
    previousFactorEndedOn: shown.previousFactor?.endedOn ?? null,
    previousFactorOpenYen: shown.previousFactor?.openYen ?? null,
  }
}

/** The typed values as the commands take them. */
export function askedOf(typed: TypedApplication) {
  return {
    planVersionId: typed.planVersionId,
    channel: (typed.channel ?? '') as ApplicationChannel,
    campaign: typed.campaign.trim() || null,
    brokerId: typed.broker?.value ?? null,
    inquiryNo: typed.inquiryNo.trim() || null,
    requestedYen: typed.requestedYen ?? 0,
    neededBy: typed.neededBy,
    previousFactorName: typed.previousFactorName.trim() || null,
    previousFactorEndedOn: typed.previousFactorEndedOn,
    previousFactorOpenYen: typed.previousFactorOpenYen,
  }
}

interface SectionProps {
  typed: TypedApplication
  set: (part: Partial<TypedApplication>) => void
  /** The form cannot be changed once the checklist was made by it. */
  isNew: boolean
  /** Whose application it is, once that is known: it tells which plans serve it. */
  partyId: string | null
  /** The version it is made under already, which may be kept though it is no longer sold. */
  kept?: { planVersionId: string; label: string } | null
}

/** The fields of an application, section by section. */
export function ApplicationSections({ typed, set, isNew, partyId, kept = null }: SectionProps) {
  return (
    <>
      <FormSection title="申込の内容">
        <FieldInput
          field={inputOf(fields.requestedYen, { required: true })}
          value={typed.requestedYen}
          onChange={requestedYen => set({ requestedYen })}
        />
        <FieldInput
          field={inputOf(fields.neededBy)}
          value={typed.neededBy}
          onChange={neededBy => set({ neededBy })}
        />
        <PlanChoiceField
          name="planVersionId"
          label={fields.planVersionId.label.ja}
          help={fields.planVersionId.help}
          partyId={partyId}
          kept={kept}
          value={typed.planVersionId}
          onChange={planVersionId => set({ planVersionId })}
        />
        {isNew && (
          <FieldInput
            field={inputOf(fields.form, { required: true })}
            value={typed.form}
            onChange={form => form && set({ form: form as 'full' })}
          />
        )}
      </FormSection>
      <FormSection title="経路">
        <FieldInput
          field={inputOf(fields.channel, { required: true })}
          value={typed.channel}
          onChange={channel => channel && set({ channel: channel as ApplicationChannel })}
        />
        <FieldInput
          field={inputOf(fields.campaign)}
          value={typed.campaign}
          onChange={campaign => set({ campaign })}
        />
        <PartyChoice
          name="brokerId"
          label={fields.brokerId.label.ja}
          value={typed.broker}
          onChange={broker => set({ broker })}
        />
        <FieldInput
          field={inputOf(fields.inquiryNo)}
          value={typed.inquiryNo}
          onChange={inquiryNo => set({ inquiryNo })}
        />
      </FormSection>
      <FormSection title="乗り換え（他社から移るときだけ）">
        <FieldInput
          field={inputOf(fields.previousFactorName)}
          value={typed.previousFactorName}
          onChange={previousFactorName => set({ previousFactorName })}
        />
        <FieldInput
          field={inputOf(fields.previousFactorEndedOn)}
          value={typed.previousFactorEndedOn}
          onChange={previousFactorEndedOn => set({ previousFactorEndedOn })}
        />
        <FieldInput
          field={inputOf(fields.previousFactorOpenYen)}
          value={typed.previousFactorOpenYen}
          onChange={previousFactorOpenYen => set({ previousFactorOpenYen })}
        />
      </FormSection>
    </>
  )
}
