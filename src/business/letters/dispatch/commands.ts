import { type CommandContext, defineCommand } from '../../../platform/commands/command.ts'
import { found, refuseAll, refuseUnless } from '../../../platform/commands/refusal.ts'
import type { QueryContext } from '../../../platform/http/route.ts'
import { newId } from '../../../platform/ids/uuid.ts'
import { mailAgain, printLetters } from '../contract.ts'
import { lettersInReach } from '../reach.ts'
import { recipientOf } from './recipient.ts'

const asking = (context: CommandContext): QueryContext => ({
  db: context.tx,
  actor: context.actor,
  now: context.now,
  today: context.today,
  requestId: context.requestId,
})

export const print = defineCommand(printLetters, {
  async run(context, { letterIds }) {
    const { tx, actor, now, keys } = context
    const wanted = [...new Set(letterIds)]
    const rows = await lettersInReach(asking(context)).where('l.id', 'in', wanted).execute()
    const letters = wanted.map(letterId =>
      found(
        rows.find(row => row.id === letterId),
        'letter',
      ),
    )
    const recipients = await Promise.all(letters.map(letter => recipientOf(keys, tx, letter)))
    refuseAll(
      letters.flatMap((letter, at) =>
        letter.channel !== 'post'
          ? [{ code: 'letter_must_go_by_post', field: `letterIds.${at}` }]
          : !recipients[at]?.address
            ? [
                {
                  code: 'letter_must_have_an_address',
                  field: `letterIds.${at}`,
                  message: `${letter.letter_no}：宛先の住所が登録されていないため、窓付き封筒用に印刷できません。住所を登録し、書状を作り直してください。`,
                },
              ]
            : [],
      ),
      'invalid',
    )
    const id = newId()
    const { batch_no } = await tx
      .insertInto('letter_print_batch')
      .values({ id, printed_by: actor.id, printed_at: now.toISOString() })
      .returning('batch_no')
      .executeTakeFirstOrThrow()
    await tx
      .insertInto('letter_print')
      .values(wanted.map((letterId, at) => ({ batch_id: id, letter_id: letterId, position: at + 1 })))
      .execute()
    await context.record({
      verb: 'letters_printed',
      subjects: letters.flatMap(letter => [
        { kind: 'communication', id: letter.communication_id },
        { kind: 'party', id: letter.party_id },
      ]),
      after: { letters: letters.map(letter => letter.letter_no) },
      facts: { summary: `${batch_no}　${letters.length}通` },
    })
    return { id, batchNo: batch_no }
  },
})

export const again = defineCommand(mailAgain, {
  async run(context, { letterId }) {
    const { tx, now } = context
    const letter = found(
      await lettersInReach(asking(context)).where('l.id', '=', letterId).executeTakeFirst(),
      'letter',
    )
    const mail = found(
      await tx
        .selectFrom('letter_mail')
        .selectAll()
        .where('letter_id', '=', letterId)
        .forUpdate()
        .executeTakeFirst(),
      'letter_mail',
    )
    refuseUnless(mail.state === 'failed' || mail.state === 'stopped', 'mail_must_have_failed')
    await tx
      .updateTable('letter_mail')
      .set({
        state: 'waiting',
        tries: 0,
        fault: null,
        next_try_at: now.toISOString(),
        row_version: mail.row_version + 1,
      })
      .where('letter_id', '=', letterId)
      .execute()
    await context.record({
      verb: 'letter_mail_queued',
      subjects: [
        { kind: 'communication', id: letter.communication_id },
        { kind: 'party', id: letter.party_id },
      ],
      facts: { summary: letter.letter_no },
    })
    return { id: letterId }
  },
})
