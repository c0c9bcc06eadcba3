import { defineCommand } from '../../../platform/commands/command.ts'
import { found, refuseUnless } from '../../../platform/commands/refusal.ts'
import { newId } from '../../../platform/ids/uuid.ts'
import { recordReport, retractReport } from '../contract.ts'
import { reportProviderLabels } from '../labels.ts'
import { lockCompany, raised, refuseFuture } from '../records.ts'

export const record = defineCommand(recordReport, {
  async run(context, input) {
    const { tx, actor, now, today } = context
    refuseFuture(input.reportDate, today, 'reportDate')
    refuseUnless((input.provider === 'other') === Boolean(input.providerName), 'provider_must_be_named', {
      kind: 'invalid',
      field: 'providerName',
    })
    const { party } = await lockCompany(context, input.partyId)
    const id = newId()
    await tx
      .insertInto('external_report')
      .values({
        id,
        party_id: party.id,
        provider: input.provider,
        provider_name: input.providerName ?? null,
        report_date: input.reportDate,
        rating: input.rating ?? null,
        bankruptcy_forecast: input.bankruptcyForecast ?? null,
        summary: input.summary ?? null,
        evidence: input.evidence,
        recorded_by: actor.id,
        recorded_at: now.toISOString(),
        retracted_at: null,
        retracted_by: null,
        retracted_reason: null,
      })
      .execute()
    await context.record({
      verb: 'external_report_recorded',
      subjects: [
        { kind: 'external_report', id },
        { kind: 'party', id: party.id },
      ],
      after: {
        provider: input.provider,
        reportDate: input.reportDate,
        rating: input.rating ?? null,
        bankruptcyForecast: input.bankruptcyForecast ?? null,
      },
      facts: {
        summary: `${input.providerName ?? reportProviderLabels[input.provider]} ${input.reportDate}`,
      },
      evidence: input.evidence,
    })
    return { id }
  },
})

export const retract = defineCommand(retractReport, {
  async run(context, { reportId, reason }) {
    const { tx, actor, now } = context
    const report = found(
      await tx
        .selectFrom('external_report')
        .selectAll()
        .where('id', '=', reportId)
        .forUpdate()
        .executeTakeFirst(),
      'external_report',
    )
    refuseUnless(report.retracted_at === null, 'report_must_stand')
    await tx
      .updateTable('external_report')
      .set({
        retracted_at: now.toISOString(),
        retracted_by: actor.id,
        retracted_reason: reason,
        row_version: raised,
      })
      .where('id', '=', report.id)
      .execute()
    await context.record({
      verb: 'external_report_retracted',
      subjects: [
        { kind: 'external_report', id: report.id },
        { kind: 'party', id: report.party_id },
      ],
      before: { provider: report.provider, reportDate: report.report_date },
      reason,
    })
    return { id: report.id }
  },
})
