import { sql } from 'kysely'
import type { z } from 'zod'
import {
  type CommandContext,
  type CriticalChange,
  defineCommand,
} from '../../../platform/commands/command.ts'
import { found, type Reason, refuseAll, refuseUnless } from '../../../platform/commands/refusal.ts'
import { type Id, newId } from '../../../platform/ids/uuid.ts'
import type { Json } from '../../../platform/trail/canonical.ts'
import { changeField, defineField, MOST_FIELDS, orderFields, restoreField, retireField } from '../contract.ts'
import { kindLabels, typeLabels } from '../labels.ts'
import { definitionReasons, sameName } from '../rules.ts'
import type { CustomChoice, CustomKind } from '../tables.ts'

type Wording = z.output<typeof changeField.input>
type Field = Awaited<ReturnType<typeof lockField>>

/** How a field is said to a second person. */
const behaviourLabels = {
  label: '項目名',
  help: '説明',
  example: '記入例',
  why: 'なぜ聞くか',
  choices: '選択肢',
  required: '必須',
  critical: '承認（変更に二人目の承認）',
  searchable: '検索',
  transferable: '出力・取込',
  inList: '一覧',
} as const

/** Defines a field. Whoever has the right to read records of the kind sees it; sensitive ones masked. */
export const define = defineCommand(defineField, {
  constraints: { custom_field_label: 'label_must_be_unique' },
  async run(context, input) {
    const { tx, actor, now } = context
    const choices = numbered(input.choices, [])
    const reasons = definitionReasons({ ...input, choices })
    reasons.push(...(await labelReasons(context, input.recordKind, input.label, null)))
    refuseAll(reasons, 'invalid')
    await refuseTooMany(context, input.recordKind)
    const id = newId()
    const row = await tx
      .insertInto('custom_field')
      .values({
        id,
        record_kind: input.recordKind,
        field_type: input.type,
        is_sensitive: input.sensitive,
        ...columnsOf(input, choices),
        position: sql<number>`(select coalesce(max(position), 0) + 1 from custom_field where record_kind = ${input.recordKind})`,
        defined_by: actor.id,
        defined_at: now.toISOString(),
        retired_at: null,
        retired_by: null,
      } as never)
      .returning('key')
      .executeTakeFirstOrThrow()
    await context.record({
      verb: 'custom_field_defined',
      subjects: [{ kind: 'custom_field', id }],
      after: {
        key: row.key,
        recordKind: input.recordKind,
        fieldType: input.type,
        sensitive: input.sensitive,
        ...said(input, choices),
      },
      facts: { summary: `${kindLabels[input.recordKind]}「${input.label}」（${typeLabels[input.type]}）` },
    })
    return { id, key: row.key }
  },
})

/** A new wording. What loosens a control (it need not be given, or not be approved any more) waits for a second administrator. */
export const change = defineCommand(changeField, {
  constraints: { custom_field_label: 'label_must_be_unique' },
  async critical(context, input): Promise<CriticalChange | null> {
    const { field, choices } = await checkedChange(context, input)
    const loosened = [
      ...(field.is_critical && !input.critical ? ['承認'] : []),
      ...(field.is_required && !input.required ? ['必須'] : []),
    ]
    if (loosened.length === 0) return null
    const [before, after] = [saidOf(field), said(input, choices)]
    const words = (value: Json) => (value === true ? 'する' : value === false ? 'しない' : value)
    return {
      subject: { kind: 'custom_field', id: field.id },
      summary: `${kindLabels[field.record_kind]}の追加項目「${field.label}」の${loosened.join('・')}を外す`,
      readSet: [{ table: 'custom_field', id: field.id, version: field.row_version }],
      items: Object.entries(behaviourLabels).flatMap(([name, label]) => {
        const [old, now] = [before[name] ?? null, after[name] ?? null]
        return JSON.stringify(old) === JSON.stringify(now)
          ? []
          : [{ field: name, label, old: words(old), new: words(now) }]
      }),
      evidenceRequired: false,
      approve: 'customization.approveLoosening',
    }
  },
  async run(context, input) {
    const { field, choices } = await checkedChange(context, input)
    await context.tx
      .updateTable('custom_field')
      .set({ ...columnsOf(input, choices), row_version: field.row_version + 1 } as never)
      .where('id', '=', field.id)
      .execute()
    await context.record({
      verb: 'custom_field_changed',
      subjects: [{ kind: 'custom_field', id: field.id }],
      before: saidOf(field),
      after: said(input, choices),
      facts: { summary: `${kindLabels[field.record_kind]}「${input.label}」` },
      ...(input.change ? { reason: input.change.reasonText } : {}),
    })
    return { id: field.id, rowVersion: field.row_version + 1 }
  },
})

/** What a field must still be asked and approved for is not got rid of by one person: it is loosened first, which takes two. */
export const retire = defineCommand(retireField, {
  async run(context, input) {
    const field = await lockField(context, input.fieldId, input.rowVersion)
    refuseUnless(field.retired_at === null, 'field_must_be_in_use')
    refuseUnless(!field.is_critical && !field.is_required, 'field_must_be_loosened_first')
    await context.tx
      .updateTable('custom_field')
      .set({
        retired_at: context.now.toISOString(),
        retired_by: context.actor.id,
        row_version: field.row_version + 1,
      })
      .where('id', '=', field.id)
      .execute()
    await context.record({
      verb: 'custom_field_retired',
      subjects: [{ kind: 'custom_field', id: field.id }],
      facts: { summary: `${kindLabels[field.record_kind]}「${field.label}」` },
      reason: input.reason,
    })
    return { id: field.id }
  },
})

export const restore = defineCommand(restoreField, {
  constraints: { custom_field_label: 'label_must_be_unique' },
  async run(context, input) {
    const field = await lockField(context, input.fieldId, input.rowVersion)
    refuseUnless(field.retired_at !== null, 'field_must_be_retired')
    refuseAll(await labelReasons(context, field.record_kind, field.label, field.id), 'conflict')
    await refuseTooMany(context, field.record_kind)
    await context.tx
      .updateTable('custom_field')
      .set({ retired_at: null, retired_by: null, row_version: field.row_version + 1 })
      .where('id', '=', field.id)
      .execute()
    await context.record({
      verb: 'custom_field_restored',
      subjects: [{ kind: 'custom_field', id: field.id }],
      facts: { summary: `${kindLabels[field.record_kind]}「${field.label}」` },
    })
    return { id: field.id }
  },
})

export const order = defineCommand(orderFields, {
  async run(context, { recordKind, fieldIds }) {
    const { tx } = context
    const fields = await tx
      .selectFrom('custom_field')
      .select(['id', 'label', 'position'])
      .where('record_kind', '=', recordKind)
      .where('retired_at', 'is', null)
      .orderBy('position')
      .orderBy('id')
      .forUpdate()
      .execute()
    const wanted = new Set(fieldIds)
    refuseUnless(
      wanted.size === fieldIds.length &&
        fields.length === fieldIds.length &&
        fields.every(field => wanted.has(field.id)),
      'order_must_name_every_field',
      { kind: 'invalid', field: 'fieldIds' },
    )
    await sql`update custom_field f set position = given.place, row_version = f.row_version + 1
      from unnest(${[...fieldIds]}::uuid[]) with ordinality as given(id, place)
      where f.id = given.id and f.position <> given.place`.execute(tx)
    const labels = new Map(fields.map(field => [field.id, field.label]))
    await context.record({
      verb: 'custom_fields_ordered',
      subjects: fieldIds.map(id => ({ kind: 'custom_field', id })),
      before: { order: fields.map(field => field.label) },
      after: { order: fieldIds.map(id => labels.get(id) ?? id) },
      facts: { summary: kindLabels[recordKind] },
    })
    return { recordKind }
  },
})

function columnsOf(
  input: Omit<Wording, 'fieldId' | 'rowVersion' | 'choices' | 'change'>,
  choices: readonly CustomChoice[],
) {
  return {
    label: input.label.normalize('NFC'),
    help: input.help ?? null,
    example: input.example ?? null,
    why: input.why ?? null,
    choices: JSON.stringify(choices),
    is_required: input.required,
    is_critical: input.critical,
    is_searchable: input.searchable,
    is_transferable: input.transferable,
    is_in_list: input.inList,
  }
}

/** A definition that may stand: the field, locked, and its choices with their values. */
async function checkedChange(
  context: CommandContext,
  input: Wording,
): Promise<{ field: Field; choices: CustomChoice[] }> {
  const field = await lockField(context, input.fieldId, input.rowVersion)
  refuseUnless(field.retired_at === null, 'field_must_be_in_use')
  const choices = numbered(input.choices, field.choices)
  const reasons = definitionReasons({
    ...input,
    type: field.field_type,
    sensitive: field.is_sensitive,
    choices,
  })
  reasons.push(...(await labelReasons(context, field.record_kind, input.label, field.id)))
  refuseAll(reasons, 'invalid')
  await refuseLostChoices(context, field, choices)
  return { field, choices }
}

const saidOf = (field: Field): Record<string, Json> =>
  said(
    {
      label: field.label,
      help: field.help,
      example: field.example,
      why: field.why,
      required: field.is_required,
      critical: field.is_critical,
      searchable: field.is_searchable,
      transferable: field.is_transferable,
      inList: field.is_in_list,
    },
    field.choices,
  )

function said(
  input: Omit<Wording, 'fieldId' | 'rowVersion' | 'choices' | 'change'>,
  choices: readonly CustomChoice[],
): Record<string, Json> {
  return {
    label: input.label,
    help: input.help ?? null,
    example: input.example ?? null,
    why: input.why ?? null,
    choices: choices.map(choice => (choice.retired ? `${choice.label}（今後は使わない）` : choice.label)),
    required: input.required,
    critical: input.critical,
    searchable: input.searchable,
    transferable: input.transferable,
    inList: input.inList,
  }
}

/** Choices with a value each: known ones keep theirs, new ones get the next free number. An unknown value counts as a new choice. */
function numbered(
  given: readonly { value?: string | null | undefined; label: string; retired: boolean }[],
  known: readonly CustomChoice[],
): CustomChoice[] {
  const values = new Set(known.map(choice => choice.value))
  let last = Math.max(0, ...known.map(choice => Number(choice.value.slice(1))))
  const taken = new Set<string>()
  return given.map(({ value, label, retired }) => {
    const kept = value && values.has(value) && !taken.has(value) ? value : `o${++last}`
    taken.add(kept)
    return { value: kept, label: label.normalize('NFC'), retired }
  })
}

/** A label is unique among the fields in use of its kind, the program's own ones included. */
async function labelReasons(
  { tx, records }: CommandContext,
  kind: CustomKind,
  label: string,
  except: Id | null,
): Promise<Reason[]> {
  const rows = await tx
    .selectFrom('custom_field')
    .select(['id', 'label'])
    .where('record_kind', '=', kind)
    .where('retired_at', 'is', null)
    .execute()
  const taken = [
    ...rows.filter(row => row.id !== except).map(row => row.label),
    ...Object.values(records.fieldsOf(kind)),
  ]
  return taken.some(other => sameName(other) === sameName(label))
    ? [{ code: 'label_must_be_unique', field: 'label' }]
    : []
}

async function refuseTooMany({ tx }: CommandContext, kind: CustomKind): Promise<void> {
  const { count } = await tx
    .selectFrom('custom_field')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('record_kind', '=', kind)
    .where('retired_at', 'is', null)
    .executeTakeFirstOrThrow()
  refuseUnless(count < MOST_FIELDS, 'fields_must_not_be_too_many')
}

/** A choice which some record holds, or once held, is not taken away; it may only cease to be offered. */
async function refuseLostChoices(
  { tx }: CommandContext,
  field: Field,
  choices: readonly CustomChoice[],
): Promise<void> {
  const lost = field.choices
    .map(choice => choice.value)
    .filter(value => !choices.some(one => one.value === value))
  if (lost.length === 0) return
  // What sensitive fields hold cannot be looked through: as soon as one record holds anything, all their choices stay.
  const { rows } = field.is_sensitive
    ? await sql`select 1 from record_custom where record_kind = ${field.record_kind} and sealed ? ${field.key}
        union all select 1 from field_value where record_kind = ${field.record_kind} and field = ${`custom.${field.key}`} limit 1`.execute(
        tx,
      )
    : await sql`select 1 from custom_key where of_id = ${field.id} and key = any(${lost}::text[])
        union all select 1 from field_value where record_kind = ${field.record_kind} and field = ${`custom.${field.key}`}
          and value ?| ${lost}::text[] limit 1`.execute(tx)
  refuseUnless(rows.length === 0, 'choices_in_use_must_stay', { field: 'choices' })
}

async function lockField({ tx }: CommandContext, id: Id, rowVersion: number) {
  const field = found(
    await tx.selectFrom('custom_field').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),
    'custom_field',
  )
  refuseUnless(field.row_version === rowVersion, 'record_must_be_unchanged')
  return field
}
