import { todayInTokyo } from '../../../platform/dates/today.ts'
import { every } from '../../../platform/every.ts'
import type { Id } from '../../../platform/ids/uuid.ts'
import type { Services } from '../../../platform/slice.ts'
import {
  mailFault,
  mailSender,
  releaseBrake,
  type SendMail,
  systemActor,
  takeOnce,
  unlessStopped,
} from '../../access/index.ts'
import { type ContactRule, rulesBrokenBy } from '../../communications/index.ts'
import { categoryOf } from '../compose.ts'
import { letterRefusals } from '../contract.ts'
import { recipientOf } from './recipient.ts'
import '../tables.ts'

const EVERY_MS = 10_000
export const MAIL_TRIES = 5
const MAILS_AT_ONCE = 20
const HELD_MS = 2 * 60_000
/** Rules that let a mail wait for its hour; the others forbid it. */
const PASSING: readonly ContactRule[] = [
  'contact_must_not_be_at_night',
  'contact_must_be_within_company_hours',
  'contact_must_be_within_window',
]

/** Mails the letters that wait; without a mail server they go on waiting, and their list says so. */
export async function startMailing(services: Services): Promise<() => Promise<void>> {
  const send = mailSender(services.config)
  if (!send) return async () => {}
  const stopping = new AbortController()
  const stop = every(
    EVERY_MS,
    () => mailLetters(services, send, stopping.signal),
    error => services.log('mailing letters failed', { error }),
  )
  return async () => {
    stopping.abort()
    await stop()
  }
}

/**
 * Mails what is due, one after another. Each is taken for a while first, so that two processes do not mail it twice; no transaction is open
 * while the mail server talks. Returns how many were taken by it.
 */
export async function mailLetters(
  services: Services,
  send: SendMail,
  stopped: AbortSignal = new AbortController().signal,
): Promise<number> {
  const { db, clock } = services
  const due = await db
    .selectFrom('letter_mail as m')
    .innerJoin('letter as l', 'l.id', 'm.letter_id')
    .innerJoin('letter_template_version as v', 'v.id', 'l.template_version_id')
    .innerJoin('letter_template as t', 't.id', 'v.template_id')
    .innerJoin('communication as sent', 'sent.id', 'l.communication_id')
    .select([
      'l.id',
      'l.letter_no',
      'l.party_id',
      'l.communication_id',
      'l.recipient_sealed',
      't.letter_kind',
    ])
    .select(['sent.person_id', 'sent.subject_sealed', 'sent.body_sealed', 'm.message_id', 'm.tries'])
    .where('m.state', '=', 'waiting')
    .where('m.next_try_at', '<=', clock.now().toISOString())
    .orderBy('m.next_try_at')
    .limit(MAILS_AT_ONCE)
    .execute()
  let mailed = 0
  for (const letter of due) {
    if (stopped.aborted) break
    const hold = `letter-mail:${letter.id}`
    if (!(await takeOnce(db, hold, HELD_MS, clock.now()))) continue
    const outcome = await mailOne(services, send, letter, stopped)
    if (outcome === 'unknown') break
    if (outcome === 'sent') mailed++
    await releaseBrake(db, hold)
  }
  return mailed
}

type Due = {
  id: Id
  letter_no: string
  party_id: Id
  person_id: Id | null
  communication_id: Id
  recipient_sealed: string | null
  letter_kind: Parameters<typeof categoryOf>[0]
  subject_sealed: string | null
  body_sealed: string | null
  message_id: string
  tries: number
}

async function mailOne(
  services: Services,
  send: SendMail,
  letter: Due,
  stopped: AbortSignal,
): Promise<'sent' | 'failed' | 'later' | 'unknown'> {
  const { db, keys, clock } = services
  const now = clock.now()
  const broken = await rulesBrokenBy(
    db,
    {
      partyId: letter.party_id,
      personId: letter.person_id,
      receivableIds: await receivablesOf(services, letter.communication_id),
    },
    {
      channel: 'email',
      direction: 'out',
      category: categoryOf(letter.letter_kind),
      at: now,
      timeKnown: true,
    },
    todayInTokyo(now),
  )
  const forbids = broken.filter(rule => !PASSING.includes(rule))
  if (forbids.length > 0) {
    await note(services, letter, {
      state: 'stopped',
      fault: forbids
        .map(rule => letterRefusals[rule])
        .join('')
        .slice(0, 300),
    })
    return 'failed'
  }
  if (broken.length > 0) return 'later'
  const [subject, text] = await Promise.all(
    [letter.subject_sealed, letter.body_sealed].map(sealed => (sealed ? keys.open(db, sealed) : null)),
  )
  const recipient = await recipientOf(keys, db, letter)
  if (!subject || !text || !recipient?.mailTo) {
    await note(services, letter, { state: 'stopped', fault: letterRefusals.letter_words_must_be_kept })
    return 'failed'
  }
  const name = recipient.personName ?? recipient.partyName
  const sending = mailFault(send({ to: recipient.mailTo, name, subject, text, messageId: letter.message_id }))
  const fault = await unlessStopped(sending, stopped)
  // What became of it is not known: it is tried again when the hold has run out, under the same message id.
  if (fault === 'stopped') return 'unknown'
  const tries = letter.tries + 1
  if (fault === null) await note(services, letter, { state: 'sent', tries, fault: null })
  else {
    await note(services, letter, { state: tries >= MAIL_TRIES ? 'failed' : 'waiting', tries, fault })
    services.log('mailing a letter failed', { letterId: letter.id, tries, error: fault })
  }
  return fault === null ? 'sent' : 'failed'
}

async function receivablesOf({ db }: Services, communicationId: Id): Promise<Id[]> {
  const links = await db
    .selectFrom('communication_link')
    .select('record_id')
    .where('communication_id', '=', communicationId)
    .where('record_kind', '=', 'receivable')
    .execute()
  return links.map(link => link.record_id)
}

/** Notes what became of a try. The nth further try waits n² minutes. */
async function note(
  { db, executor, permissions, clock }: Services,
  letter: Due,
  {
    state,
    tries = letter.tries,
    fault,
  }: { state: 'sent' | 'failed' | 'stopped' | 'waiting'; tries?: number; fault: string | null },
): Promise<void> {
  const now = clock.now()
  const verbs = {
    sent: 'letter_mailed',
    stopped: 'letter_mail_stopped',
    failed: 'letter_mail_failed',
    waiting: 'letter_mail_failed',
  }
  await db.transaction().execute(async tx => {
    const context = executor.context(tx, systemActor('schedule', permissions), `letter-mail-${letter.id}`)
    await tx
      .updateTable('letter_mail')
      .set(eb => ({
        state,
        tries,
        fault,
        next_try_at: state === 'waiting' ? new Date(now.getTime() + tries ** 2 * 60_000).toISOString() : null,
        mailed_at: state === 'sent' ? now.toISOString() : null,
        row_version: eb('row_version', '+', 1),
      }))
      .where('letter_id', '=', letter.id)
      .execute()
    await context.record({
      verb: verbs[state],
      subjects: [
        { kind: 'communication', id: letter.communication_id },
        { kind: 'party', id: letter.party_id },
      ],
      facts: {
        summary: letter.letter_no,
        tries,
        ...(fault === null ? { messageId: letter.message_id } : { fault }),
      },
    })
  })
}
