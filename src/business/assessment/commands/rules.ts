import type { z } from 'zod'
import {
  type CommandContext,
  type CriticalChange,
  defineCommand,
} from '../../../platform/commands/command.ts'
import { refuseUnless } from '../../../platform/commands/refusal.ts'
import { newId } from '../../../platform/ids/uuid.ts'
import { currentCompany } from '../../access/index.ts'
import { setRules } from '../contract.ts'
import { rulesInForce } from '../records.ts'
import { loosened, type RuleName, ruleLabels, sayRule } from '../rules/rules-in-force.ts'

type Input = z.output<typeof setRules.input>

/** The company's measures as a new version. What watches less than before takes two people; tightening acts at once. */
export const set = defineCommand(setRules, {
  constraints: { assessment_rule_version_key: 'rules_must_be_unchanged' },
  async critical(context, input): Promise<CriticalChange | null> {
    const { before, changed } = await prepared(context, input)
    if (loosened(before, input).length === 0) return null
    const company = await currentCompany(context.tx)
    return {
      subject: { kind: 'company', id: company?.id ?? newId() },
      summary: `審査の基準を緩める　${changed.map(name => ruleLabels[name]).join('、')}`,
      readSet: [],
      items: changed.map(name => ({
        field: name,
        label: ruleLabels[name],
        old: sayRule(name, before[name]),
        new: sayRule(name, input[name]),
      })),
      evidenceRequired: false,
      approve: 'assessment.approve',
    }
  },
  async run(context, input) {
    const { tx, actor, now, approval } = context
    const { before, changed } = await prepared(context, input)
    if (loosened(before, input).length > 0 && !approval)
      throw new Error('measures are loosened by two people only')
    const id = newId()
    const version = before.version + 1
    await tx
      .insertInto('assessment_rule')
      .values({
        id,
        version,
        score_fall_ppm: input.scoreFallPpm,
        fall_window_days: input.fallWindowDays,
        report_age_days: input.reportAgeDays,
        notice_days: input.noticeDays,
        basis_threshold_yen: input.basisThresholdYen,
        note: input.change.reasonText,
        recorded_by: approval?.requestedBy ?? actor.id,
        approved_by: approval?.approvedBy ?? null,
        recorded_at: now.toISOString(),
      })
      .execute()
    await context.record({
      verb: 'assessment_rules_set',
      subjects: [{ kind: 'assessment_rule', id }],
      before: Object.fromEntries(changed.map(name => [name, before[name]])),
      after: Object.fromEntries(changed.map(name => [name, input[name]])),
      facts: { summary: changed.map(name => `${ruleLabels[name]} ${sayRule(name, input[name])}`).join('、') },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { version }
  },
})

async function prepared({ tx }: CommandContext, input: Input) {
  const before = await rulesInForce(tx)
  refuseUnless(before.version === input.version, 'rules_must_be_unchanged')
  const changed = (Object.keys(ruleLabels) as RuleName[]).filter(name => before[name] !== input[name])
  refuseUnless(changed.length > 0, 'rules_must_change')
  return { before, changed }
}
