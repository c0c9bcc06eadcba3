import { sql } from 'kysely'
import type { Db } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Services } from '../../platform/slice.ts'
import { recordEvents } from '../../platform/trail/record-event.ts'
import { releaseBrake, takeOnce } from './brake.ts'
import { invitePath } from './commands/invites.ts'
import { currentCompany } from './company.ts'
import { inviteSender, mailFault, type SendInvite, unlessStopped } from './mail.ts'
import { systemActors } from './system-actors.ts'

const EVERY_MS = 10_000
const CLEAN_EVERY_MS = 3_600_000
const MAIL_TRIES = 5
const MAILS_AT_ONCE = 20
const BRAKES_KEPT_MS = 2 * 86_400_000

/** Sends waiting invitations and clears away what has run out; returns the function that stops it. */
export async function startHousekeeping(services: Services): Promise<() => Promise<void>> {
  const send = inviteSender(services.config)
  const stopping = new AbortController()
  let running: Promise<void> = Promise.resolve()
  let cleanedAt = 0
  const step = async () => {
    if (send) await sendInvites(services, send, stopping.signal)
    if (performance.now() - cleanedAt < CLEAN_EVERY_MS && cleanedAt > 0) return
    cleanedAt = performance.now()
    await clearAway(services)
  }
  const timer = setInterval(() => {
    running = running.then(step).catch(error => services.log('access housekeeping failed', { error }))
  }, EVERY_MS)
  return async () => {
    clearInterval(timer)
    stopping.abort()
    await running
  }
}

/**
 * Sends what waits, one after another. Each is taken for a while first, so that two processes do not send it twice; no transaction is open
 * while the mail server talks, and a stop does not wait for it. Returns how many were sent.
 */
export async function sendInvites(
  services: Services,
  send: SendInvite,
  stopped: AbortSignal = new AbortController().signal,
): Promise<number> {
  let sent = 0
  for (let count = 0; count < MAILS_AT_ONCE; count++) {
    const outcome = await sendNextInvite(services, send, stopped)
    if (outcome === 'none') break
    if (outcome === 'sent') sent++
  }
  return sent
}

async function sendNextInvite(
  services: Services,
  send: SendInvite,
  stopped: AbortSignal,
): Promise<'none' | 'sent' | 'failed'> {
  const { db, clock, keys, config } = services
  const invite = stopped.aborted ? null : await takeInvite(db, clock.now())
  if (!invite) return 'none'
  const company = await currentCompany(db)
  const sending = mailFault(
    send({
      to: invite.email,
      name: invite.display_name,
      companyName: company?.settings.legalName ?? '',
      link: `${config.publicUrl ?? `http://localhost:${config.port}`}${invitePath(keys, invite.id)}`,
      expiresAt: invite.expires_at,
      purpose: invite.purpose,
    }),
  )
  const fault = await unlessStopped(sending, stopped)
  // What became of it is not known: it is tried again when the hold has run out.
  if (fault === 'stopped') return 'none'
  await noteOutcome(services, invite, fault)
  await releaseBrake(db, holdOf(invite.id))
  return fault === null ? 'sent' : 'failed'
}

const HELD_MS = 2 * 60_000
const holdOf = (inviteId: string) => `invite-mail:${inviteId}`

/** The next invitation whose mail is due and which nobody is sending now. */
async function takeInvite(db: Db, now: Date) {
  const due = await db
    .selectFrom('staff_invite as invite')
    .innerJoin('staff_member as staff', 'staff.id', 'invite.staff_id')
    .select([
      'invite.id',
      'invite.purpose',
      'invite.expires_at',
      'invite.mail_tries',
      'staff.id as staffId',
      'staff.email',
      'staff.display_name',
    ])
    .where('invite.mail_state', '=', 'waiting')
    .where('invite.withdrawn_at', 'is', null)
    .where('invite.expires_at', '>', now.toISOString())
    // The nth further try waits n² minutes (nextMailAt).
    .where(
      sql<boolean>`invite.invited_at + make_interval(mins => invite.mail_tries * invite.mail_tries) <= ${now.toISOString()}`,
    )
    .orderBy('invite.mail_tries')
    .orderBy('invite.invited_at')
    .limit(MAILS_AT_ONCE)
    .execute()
  for (const invite of due) if (await takeOnce(db, holdOf(invite.id), HELD_MS, now)) return invite
  return null
}

interface TriedInvite {
  id: Id
  staffId: Id
  mail_tries: number
}

async function noteOutcome(services: Services, invite: TriedInvite, fault: string | null): Promise<void> {
  const { db, clock, log } = services
  const tries = invite.mail_tries + 1
  const state = fault === null ? 'sent' : tries >= MAIL_TRIES ? 'failed' : 'waiting'
  const { id } = systemActors.schedule
  await db.transaction().execute(async tx => {
    await tx
      .updateTable('staff_invite')
      .set({ mail_state: state, mail_tries: tries, mail_fault: fault })
      .where('id', '=', invite.id)
      .execute()
    await recordEvents(tx, clock.now(), [
      {
        verb: fault === null ? 'invite_mailed' : 'invite_mail_failed',
        actorId: id,
        actors: { by: id, kind: 'system', roles: [] },
        requestId: `invite-mail-${invite.id}`,
        ip: null,
        subjects: [{ kind: 'staff', id: invite.staffId }],
        facts: fault === null ? { tries } : { tries, fault },
      },
    ])
  })
  if (fault !== null) log('invitation mail failed', { inviteId: invite.id, tries, error: fault })
}

/** When an invitation that could not be sent is tried again; null once it is not. */
export function nextMailAt(invite: {
  mail_state: string
  mail_tries: number
  invited_at: string
}): string | null {
  if (invite.mail_state !== 'waiting') return null
  return new Date(Date.parse(invite.invited_at) + invite.mail_tries ** 2 * 60_000).toISOString()
}

/**
 * Sign-ins, challenges and brakes which have run out. They are no business records; the log of attempts stays. The library writes when
 * sign-ins and challenges run out by the machine's time, so that a demo on another day does not sign everybody out.
 */
export async function clearAway({ db, clock }: Pick<Services, 'db' | 'clock'>): Promise<void> {
  const now = clock.now()
  await db.deleteFrom('auth.session').where('expires_at', '<', sql<string>`now()`).execute()
  await db.deleteFrom('auth.verification').where('expires_at', '<', sql<string>`now()`).execute()
  const old = new Date(now.getTime() - BRAKES_KEPT_MS).toISOString()
  await db.deleteFrom('sign_in_brake').where('counted_at', '<', old).execute()
}
