import { defineCommand } from '../../../platform/commands/command.ts'
import { found, refuseAll, refuseUnless } from '../../../platform/commands/refusal.ts'
import { todayInTokyo } from '../../../platform/dates/today.ts'
import { settingsInForce } from '../../access/index.ts'
import { visibleClasses } from '../../documents/index.ts'
import { sameCompany } from '../../parties/index.ts'
import { lockReceivable, setPerfection, subjectsOf } from '../records.ts'
import { recordRegistration } from '../registration-contract.ts'
import { registrationReasons } from '../rules/registration.ts'

/** Registration perfects against everybody but the debtor from the hour it was made (動産債権譲渡特例法4条1項, JR §6.1). */
export const registration = defineCommand(recordRegistration, {
  async run(context, { noticeId, rowVersion, natureChecked, documentIds, reason, ...given }) {
    const { tx, actor, now } = context
    const notice = found(
      await tx
        .selectFrom('assignment_notice')
        .selectAll()
        .where('id', '=', noticeId)
        .forUpdate()
        .executeTakeFirst(),
      'assignment_notice',
    )
    const row = await lockReceivable(context, notice.receivable_id)
    refuseUnless(notice.notice_kind === 'registration', 'notice_must_be_a_registration')
    refuseUnless(notice.returned_on === null, 'notice_must_be_open')
    const standing = await tx
      .selectFrom('assignment_registration')
      .selectAll()
      .where('notice_id', '=', noticeId)
      .forUpdate()
      .executeTakeFirst()
    refuseUnless((standing?.row_version ?? 0) === rowVersion, 'record_must_be_unchanged')
    refuseUnless(!standing || reason.length >= 5, 'correction_must_have_its_reason', {
      kind: 'invalid',
      field: 'reason',
    })
    const { claimTypes } = await settingsInForce(tx)
    // What stands may stay: a correction of the hour is not refused for a code the company has dropped since.
    const isKept =
      standing?.claim_type_code === given.claimTypeCode && standing.claim_nature === given.claimNature
    refuseAll(
      registrationReasons(
        { ...given, appliedOn: notice.sent_on, natureChecked, offered: isKept ? [] : claimTypes },
        now,
      ),
      'invalid',
    )
    const certificateId = documentIds[0]!
    const ofClient = sameCompany(row.client_id)
    const certificate = await tx
      .selectFrom('document as d')
      .innerJoin('document_link as l', 'l.document_id', 'd.id')
      .select('d.id')
      .where('d.id', '=', certificateId)
      .where('d.doc_kind', 'in', ['registry', 'certificate'])
      .where('d.confidentiality', 'in', visibleClasses(context))
      // One certificate may name many claims of the client.
      .where(eb =>
        eb.or([
          eb('l.object_id', 'in', ofClient),
          eb(
            'l.object_id',
            'in',
            eb.selectFrom('receivable').select('id').where('client_id', 'in', ofClient),
          ),
        ]),
      )
      .executeTakeFirst()
    refuseUnless(certificate !== undefined, 'certificate_must_be_a_document', {
      kind: 'invalid',
      field: 'documentIds',
    })
    const values = {
      registration_no: given.registrationNo,
      registered_at: new Date(given.registeredAt).toISOString(),
      expires_on: given.expiresOn,
      claim_type_code: given.claimTypeCode,
      claim_nature: given.claimNature,
      claim_type_label:
        claimTypes.find(one => one.code === given.claimTypeCode)?.label ??
        (standing?.claim_type_code === given.claimTypeCode ? standing.claim_type_label : null),
      certificate_document_id: certificateId,
    }
    const before = standing && {
      registrationNo: standing.registration_no,
      registeredAt: new Date(standing.registered_at).toISOString(),
      registrationExpiresOn: standing.expires_on,
      claimTypeCode: standing.claim_type_code,
      claimNature: standing.claim_nature,
    }
    const after = {
      registrationNo: values.registration_no,
      registeredAt: values.registered_at,
      registrationExpiresOn: values.expires_on,
      claimTypeCode: values.claim_type_code,
      claimNature: values.claim_nature,
    }
    refuseUnless(
      !before ||
        JSON.stringify(before) !== JSON.stringify(after) ||
        standing.certificate_document_id !== certificateId,
      'registration_must_differ',
    )
    const recorded = { ...values, recorded_by: actor.id, recorded_at: now.toISOString() }
    if (standing)
      await tx
        .updateTable('assignment_registration')
        .set({ ...recorded, row_version: rowVersion + 1 })
        .where('notice_id', '=', noticeId)
        .execute()
    else
      await tx
        .insertInto('assignment_registration')
        .values({ notice_id: noticeId, ...recorded })
        .execute()
    const on = todayInTokyo(new Date(values.registered_at))
    await tx.updateTable('assignment_notice').set({ delivered_on: on }).where('id', '=', noticeId).execute()
    await setPerfection(context, row, {
      perfection: 'registered',
      perfected_on: perfectedOn(row.perfected_on, notice.delivered_on, on),
    })
    await context.record({
      verb: standing ? 'registration_corrected' : 'registration_recorded',
      subjects: subjectsOf(row),
      ...(before ? { before } : { before: { perfection: row.perfection } }),
      after: standing ? after : { ...after, perfection: 'registered' },
      facts: { summary: `${row.receivable_no}　登記 ${values.registration_no}` },
      evidence: [certificateId],
      ...(reason ? { reason } : {}),
    })
    return { id: noticeId, rowVersion: rowVersion + 1 }
  },
})

/** The first perfection counts; a corrected registration takes the place of what it was itself the first of. */
function perfectedOn(stood: string | null, ownBefore: string | null, on: string): string {
  if (stood === null || stood === ownBefore) return on
  return stood < on ? stood : on
}
