import { type CommandContext, defineCommand } from '../../../platform/commands/command.ts'
import { type Reason, refuseAll, refuseUnless } from '../../../platform/commands/refusal.ts'
import { newId } from '../../../platform/ids/uuid.ts'
import type { Json } from '../../../platform/trail/canonical.ts'
import { fieldsOf } from '../definitions.ts'
import { kindLabels } from '../labels.ts'
import { changeLayout, resetLayout } from '../layout-contract.ts'
import { sameName } from '../rules.ts'
import type { CustomKind, LayoutSection } from '../tables.ts'
import { fieldName } from '../values.ts'

export const changeFormLayout = defineCommand(changeLayout, {
  constraints: { form_layout_record_kind_key: 'record_must_be_unchanged' },
  async run(context, { recordKind, rowVersion, sections }) {
    const standing = await lockLayout(context, recordKind, rowVersion)
    refuseAll(await layoutReasons(context, recordKind, sections), 'invalid')
    const id = standing?.id ?? newId()
    const changed = {
      sections: JSON.stringify(sections) as never,
      changed_by: context.actor.id,
      changed_at: context.now.toISOString(),
      row_version: rowVersion + 1,
    }
    if (standing)
      await context.tx.updateTable('form_layout').set(changed).where('id', '=', standing.id).execute()
    else
      await context.tx
        .insertInto('form_layout')
        .values({ id, record_kind: recordKind, ...changed })
        .execute()
    await context.record({
      verb: 'form_layout_changed',
      subjects: [{ kind: 'form_layout', id }],
      before: { sections: await said(context, recordKind, standing?.sections ?? null) },
      after: { sections: await said(context, recordKind, sections) },
      facts: {
        version: rowVersion + 1,
        layout: JSON.stringify(sections),
        summary: `${kindLabels[recordKind]}（第${rowVersion + 1}版）`,
      },
    })
    return { rowVersion: rowVersion + 1 }
  },
})

export const resetFormLayout = defineCommand(resetLayout, {
  async run(context, { recordKind, rowVersion }) {
    const standing = await lockLayout(context, recordKind, rowVersion)
    refuseUnless(standing?.sections != null, 'layout_must_differ')
    await context.tx
      .updateTable('form_layout')
      .set({
        sections: null,
        changed_by: context.actor.id,
        changed_at: context.now.toISOString(),
        row_version: rowVersion + 1,
      })
      .where('id', '=', standing.id)
      .execute()
    await context.record({
      verb: 'form_layout_reset',
      subjects: [{ kind: 'form_layout', id: standing.id }],
      before: { sections: await said(context, recordKind, standing.sections) },
      after: { sections: null },
      facts: { version: rowVersion + 1, summary: `${kindLabels[recordKind]}（第${rowVersion + 1}版）` },
    })
    return { rowVersion: rowVersion + 1 }
  },
})

async function lockLayout({ tx }: CommandContext, kind: CustomKind, rowVersion: number) {
  const standing = await tx
    .selectFrom('form_layout')
    .selectAll()
    .where('record_kind', '=', kind)
    .forUpdate()
    .executeTakeFirst()
  refuseUnless((standing?.row_version ?? 0) === rowVersion, 'record_must_be_unchanged')
  return standing
}

async function layoutReasons(
  { tx, records }: CommandContext,
  kind: CustomKind,
  sections: readonly LayoutSection[],
): Promise<Reason[]> {
  const reasons: Reason[] = []
  const custom = await fieldsOf(tx, kind)
  const known = new Set([
    ...Object.keys(records.fieldsOf(kind)),
    ...custom.map(field => fieldName(field.key)),
  ])
  const names = sections.flatMap(section => section.fields)
  const titles = sections.map(section => sameName(section.title))
  if (sections.some(section => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(section.title)))
    reasons.push({ code: 'section_title_must_be_plain', field: 'sections' })
  if (
    new Set(titles).size < titles.length ||
    new Set(sections.map(section => section.key)).size < sections.length
  )
    reasons.push({ code: 'sections_must_differ', field: 'sections' })
  if (new Set(names).size < names.length) reasons.push({ code: 'fields_must_stand_once', field: 'sections' })
  if (names.some(name => !known.has(name))) reasons.push({ code: 'fields_must_be_known', field: 'sections' })
  return reasons
}

/** A layout as the history says it: each heading with the labels under it; null where the program's own order holds. */
async function said(
  { tx, records }: CommandContext,
  kind: CustomKind,
  sections: readonly LayoutSection[] | null,
): Promise<Json> {
  if (!sections) return null
  const labels = new Map(Object.entries(records.fieldsOf(kind)))
  for (const field of await fieldsOf(tx, kind)) labels.set(fieldName(field.key), field.label)
  return sections.map(
    section => `${section.title}：${section.fields.map(name => labels.get(name) ?? name).join('、')}`,
  )
}
