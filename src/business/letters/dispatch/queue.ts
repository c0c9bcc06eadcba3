import type { CommandContext } from '../../../platform/commands/command.ts'
import { refuseUnless } from '../../../platform/commands/refusal.ts'
import type { Id } from '../../../platform/ids/uuid.ts'
import type { Recipient } from '../compose.ts'
import '../tables.ts'

/** The program mails what is to go by mail, to somebody whose address is known. */
export function refuseUndeliverable(
  deliver: 'by_hand' | 'mail',
  channel: string,
  { mailTo }: Recipient,
): void {
  if (deliver === 'by_hand') return
  refuseUnless(channel === 'email', 'mail_must_go_by_the_email_channel', {
    kind: 'invalid',
    field: 'deliver',
  })
  refuseUnless(mailTo !== null, 'addressee_must_have_a_mail_address', { kind: 'invalid', field: 'personId' })
}

/** Puts a letter into the queue; its message has the same id however often it is tried. */
export async function queueMail({ tx, now }: CommandContext, letterId: Id): Promise<void> {
  await tx
    .insertInto('letter_mail')
    .values({
      letter_id: letterId,
      fault: null,
      next_try_at: now.toISOString(),
      message_id: `<${letterId}@letters.daicho>`,
      mailed_at: null,
    })
    .execute()
}
