import { defineCommand } from '../../platform/commands/command.ts'
import { refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import { newId } from '../../platform/ids/uuid.ts'
import { thresholdsInForce } from '../access/index.ts'
import { recordElectronicCheck } from './contract.ts'
import { icReadLabels, livenessLabels } from './labels.ts'
import { electronicInputReasons } from './method-rules.ts'
import { isAtWork, lockCase, refuseStranger, subjectsOf, touch } from './records.ts'

/** Keeps what a chip, a signature, a selfie or a bank said; the threshold of the day stays with the score. */
export const recordCheck = defineCommand(recordElectronicCheck, {
  async run(context, input) {
    const { tx, actor, now, today } = context
    const row = await lockCase(context, input.caseId)
    refuseUnless(isAtWork(row), 'case_must_be_at_work')
    refuseAll(electronicInputReasons(input, today, now), 'invalid')
    if (input.personId) await refuseStranger(context, { partyId: row.party_id, personId: input.personId })
    const scored = input.faceMatchScore !== null && input.faceMatchScore !== undefined
    const threshold = scored ? (await thresholdsInForce(tx)).faceMatchMinPpm : null
    const said = {
      icReadResult: input.icReadResult ?? null,
      signatureValid: input.signatureValid ?? null,
      revocationCheckedAt: input.revocationCheckedAt ?? null,
      faceMatchScore: input.faceMatchScore ?? null,
      liveness: input.liveness ?? null,
      bankConfirmed: input.bankConfirmed ?? null,
    }
    const id = newId()
    await tx
      .insertInto('kyc_electronic_check')
      .values({
        id,
        case_id: row.id,
        person_id: input.personId ?? null,
        checked_on: input.checkedOn,
        provider: input.provider ?? null,
        ic_read_result: said.icReadResult,
        signature_valid: said.signatureValid,
        revocation_checked_at: said.revocationCheckedAt,
        face_match_score: said.faceMatchScore,
        face_threshold_ppm: threshold,
        liveness: said.liveness,
        bank_confirmed: said.bankConfirmed,
        evidence: [...new Set(input.evidence)],
        recorded_by: actor.id,
        recorded_at: now.toISOString(),
      })
      .execute()
    await touch(context, row.id)
    await context.record({
      verb: 'kyc_electronic_check_recorded',
      subjects: [...subjectsOf(row), ...(input.personId ? [{ kind: 'person', id: input.personId }] : [])],
      after: {
        checkedOn: input.checkedOn,
        ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null)),
        ...(threshold === null ? {} : { faceThresholdPpm: threshold }),
      },
      facts: {
        summary: [
          input.provider,
          said.icReadResult && `IC ${icReadLabels[said.icReadResult]}`,
          said.liveness && `生体検知 ${livenessLabels[said.liveness]}`,
        ]
          .filter(Boolean)
          .join('　'),
      },
      ...(input.evidence.length > 0 ? { evidence: input.evidence } : {}),
    })
    return { id }
  },
})
