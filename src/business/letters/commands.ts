import { sql } from 'kysely'
import { type CommandContext, type CriticalChange, defineCommand } from '../../platform/commands/command.ts'
import { found, Refusal, refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { writeContact } from '../communications/index.ts'
import { lockParty } from '../parties/index.ts'
import { categoryOf, compose } from './compose.ts'
import { activateWords, newTemplate, retireTemplate, sendLetter, writeWords } from './contract.ts'
import { again, print } from './dispatch/commands.ts'
import { queueMail, refuseUndeliverable } from './dispatch/queue.ts'
import { letterKindLabels } from './labels.ts'
import { unknownPlaceholders } from './rules/words.ts'
import './tables.ts'

interface Words {
  subject: string
  body: string
  note: string
}

export const create = defineCommand(newTemplate, {
  constraints: { letter_template_code_key: 'template_code_must_be_free' },
  async run(context, { code, name, kind, ...words }) {
    const { tx, actor, now } = context
    refuseUnknown(words)
    const id = newId()
    await tx
      .insertInto('letter_template')
      .values({
        id,
        code,
        name,
        letter_kind: kind,
        retired_at: null,
        created_by: actor.id,
        created_at: now.toISOString(),
      })
      .execute()
    const versionId = await insertDraft(context, id, 1, words)
    await context.record({
      verb: 'letter_template_created',
      subjects: [{ kind: 'letter_template', id }],
      after: {
        name,
        letterKind: letterKindLabels[kind],
        letterSubject: words.subject,
        letterBody: words.body,
      },
      facts: { summary: `${code} ${name} 第1版` },
      reason: words.note,
    })
    return { id, versionId }
  },
})

export const write = defineCommand(writeWords, {
  async run(context, { templateId, rowVersion, ...words }) {
    const { tx, actor, now } = context
    const template = await lockTemplate(context, templateId, rowVersion)
    refuseUnknown(words)
    const versions = await tx
      .selectFrom('letter_template_version')
      .selectAll()
      .where('template_id', '=', template.id)
      .orderBy('version', 'desc')
      .execute()
    const inForce = versions.find(one => one.state === 'in_force')
    refuseUnless(
      !inForce || inForce.subject !== words.subject || inForce.body !== words.body,
      'words_must_differ',
      { kind: 'invalid', field: 'body' },
    )
    const draft = versions.find(one => one.state === 'draft')
    const before = draft ?? inForce
    const number = draft?.version ?? (versions[0]?.version ?? 0) + 1
    if (draft)
      await tx
        .updateTable('letter_template_version')
        .set({
          ...words,
          written_by: actor.id,
          written_at: now.toISOString(),
          row_version: draft.row_version + 1,
        })
        .where('id', '=', draft.id)
        .execute()
    const versionId = draft?.id ?? (await insertDraft(context, template.id, number, words))
    await touch(context, template.id)
    await context.record({
      verb: 'letter_template_written',
      subjects: [{ kind: 'letter_template', id: template.id }],
      before: { letterSubject: before?.subject ?? null, letterBody: before?.body ?? null },
      after: { letterSubject: words.subject, letterBody: words.body },
      facts: { summary: `${template.code} ${template.name} 第${number}版` },
      reason: words.note,
    })
    return { id: template.id, versionId }
  },
})

export const activate = defineCommand(activateWords, {
  constraints: { letter_words_are_approved_by_two: 'writer_must_not_approve_the_words' },
  async critical(context, input): Promise<CriticalChange> {
    const { template, version } = await lockDraft(context, input)
    const standing = await inForceOf(context, template.id)
    return {
      subject: { kind: 'letter_template', id: template.id },
      summary: `書状の文面の使用開始　${template.code} ${template.name} 第${version.version}版`,
      readSet: [
        { table: 'letter_template', id: template.id, version: template.row_version },
        { table: 'letter_template_version', id: version.id, version: version.row_version },
      ],
      items: [
        { field: 'subject', label: '件名', old: standing?.subject ?? null, new: version.subject },
        { field: 'body', label: '本文', old: standing?.body ?? null, new: version.body },
      ],
      evidenceRequired: false,
      approve: 'letters.approve',
      mayNotApprove: [version.written_by],
    }
  },
  async run(context, input) {
    const { tx, now, approval } = context
    if (!approval) throw new Error('the words of a letter are put in force by two people only')
    const { template, version } = await lockDraft(context, input)
    const standing = await inForceOf(context, template.id)
    if (standing)
      await tx
        .updateTable('letter_template_version')
        .set({ state: 'past', row_version: standing.row_version + 1 })
        .where('id', '=', standing.id)
        .execute()
    await tx
      .updateTable('letter_template_version')
      .set({
        state: 'in_force',
        activated_by: approval.requestedBy,
        approved_by: approval.approvedBy,
        activated_at: now.toISOString(),
        row_version: version.row_version + 1,
      })
      .where('id', '=', version.id)
      .execute()
    await touch(context, template.id)
    await context.record({
      verb: 'letter_template_activated',
      subjects: [{ kind: 'letter_template', id: template.id }],
      before: { version: standing?.version ?? null },
      after: { version: version.version },
      facts: { summary: `${template.code} ${template.name} 第${version.version}版` },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id: version.id }
  },
})

export const retire = defineCommand(retireTemplate, {
  async run(context, { templateId, rowVersion, reason }) {
    const template = await lockTemplate(context, templateId, rowVersion)
    await context.tx
      .updateTable('letter_template')
      .set({ retired_at: context.now.toISOString(), row_version: template.row_version + 1 })
      .where('id', '=', template.id)
      .execute()
    await context.record({
      verb: 'letter_template_retired',
      subjects: [{ kind: 'letter_template', id: template.id }],
      facts: { summary: `${template.code} ${template.name}` },
      reason,
    })
    return { id: template.id }
  },
})

export const send = defineCommand(sendLetter, {
  async run(context, { previewHash, deliver, ...input }) {
    const { tx, actor, now, today, keys } = context
    await lockParty(context, input.partyId)
    const asked = { ...input, personId: input.personId ?? null }
    const at = { db: tx, now, today, senderName: actor.name, keys }
    const letter = await compose(at, asked)
    refuseAll(
      letter.missing.map(what => ({
        code: what === 'person' ? 'person_must_be_chosen' : 'claims_must_be_chosen',
        field: what === 'person' ? 'personId' : 'receivableIds',
      })),
      'invalid',
    )
    // A letter that may not be sent is not sent: other contacts are recorded as they happened, this one has not happened yet.
    if (letter.broken.length > 0)
      throw new Refusal(
        'conflict',
        letter.broken.map(code => ({ code })),
      )
    refuseUnless(letter.previewHash === previewHash, 'preview_must_be_current')
    refuseUndeliverable(deliver, input.channel, letter.recipient)
    const id = newId()
    const contact = await writeContact(
      context,
      {
        partyId: input.partyId,
        personId: asked.personId,
        channel: input.channel,
        direction: 'out',
        occurredAt: now.toISOString(),
        category: categoryOf(letter.kind),
        subCategory: letterKindLabels[letter.kind],
        subject: letter.subject,
        summary: `書状「${letter.templateName}」（第${letter.version}版）を${deliver === 'mail' ? 'メールの送信待ちに登録' : '送付'}`,
        body: letter.body,
        related: input.receivableIds.map(receivableId => ({ kind: 'receivable' as const, id: receivableId })),
      },
      { verb: 'letter_sent', subjects: [{ kind: 'letter_template', id: input.templateId }] },
    )
    const { letter_no } = await tx
      .insertInto('letter')
      .values({
        id,
        communication_id: contact.id,
        template_version_id: letter.versionId,
        party_id: input.partyId,
        preview_hash: letter.previewHash,
        approved_by: letter.approvedBy,
        sent_by: actor.id,
        sent_at: now.toISOString(),
        recipient_sealed: await keys.seal(tx, input.partyId, JSON.stringify(letter.recipient)),
      })
      .returning('letter_no')
      .executeTakeFirstOrThrow()
    if (deliver === 'mail') await queueMail(context, id)
    return { id, letterNo: letter_no, communicationId: contact.id }
  },
})

function refuseUnknown(words: Words): void {
  refuseAll(
    (['subject', 'body'] as const).flatMap(field =>
      unknownPlaceholders(words[field]).map(name => ({
        code: 'placeholder_must_be_known',
        field,
        message: `差し込みの項目 {${name}} はありません。一覧にある項目を使ってください。`,
      })),
    ),
    'invalid',
  )
}

async function insertDraft(
  { tx, actor, now }: CommandContext,
  templateId: Id,
  version: number,
  words: Words,
): Promise<Id> {
  const id = newId()
  await tx
    .insertInto('letter_template_version')
    .values({
      id,
      template_id: templateId,
      version,
      state: 'draft',
      ...words,
      written_by: actor.id,
      written_at: now.toISOString(),
      activated_by: null,
      approved_by: null,
      activated_at: null,
    })
    .execute()
  return id
}

async function lockTemplate({ tx }: CommandContext, templateId: Id, rowVersion: number) {
  const template = found(
    await tx
      .selectFrom('letter_template')
      .selectAll()
      .where('id', '=', templateId)
      .forUpdate()
      .executeTakeFirst(),
    'letter_template',
  )
  refuseUnless(template.row_version === rowVersion, 'record_must_be_unchanged')
  refuseUnless(template.retired_at === null, 'template_must_be_in_use')
  return template
}

async function lockDraft(context: CommandContext, input: { versionId: Id; rowVersion: number }) {
  const version = found(
    await context.tx
      .selectFrom('letter_template_version')
      .selectAll()
      .where('id', '=', input.versionId)
      .forUpdate()
      .executeTakeFirst(),
    'letter_template_version',
  )
  refuseUnless(version.row_version === input.rowVersion, 'record_must_be_unchanged')
  refuseUnless(version.state === 'draft', 'words_must_be_a_draft')
  const template = found(
    await context.tx
      .selectFrom('letter_template')
      .selectAll()
      .where('id', '=', version.template_id)
      .forUpdate()
      .executeTakeFirst(),
    'letter_template',
  )
  refuseUnless(template.retired_at === null, 'template_must_be_in_use')
  return { template, version }
}

function inForceOf({ tx }: CommandContext, templateId: Id) {
  return tx
    .selectFrom('letter_template_version')
    .selectAll()
    .where('template_id', '=', templateId)
    .where('state', '=', 'in_force')
    .forUpdate()
    .executeTakeFirst()
}

async function touch({ tx }: CommandContext, templateId: Id): Promise<void> {
  await tx
    .updateTable('letter_template')
    .set({ row_version: sql`row_version + 1` })
    .where('id', '=', templateId)
    .execute()
}

export const commands = [create, write, activate, retire, send, print, again]
