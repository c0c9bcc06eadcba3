import { sql } from 'kysely'
import type { Services } from '../../platform/slice.ts'
import { recordEvents } from '../../platform/trail/record-event.ts'
import { invitePath } from './commands/invites.ts'
import { currentCompany } from './company.ts'
import { inviteSender, type SendInvite } from './mail.ts'
import { systemActors } from './system-actors.ts'

const EVERY_MS = 10_000
const CLEAN_EVERY_MS = 3_600_000
const MAIL_TRIES = 5
const MAILS_AT_ONCE = 20
const BRAKES_KEPT_MS = 2 * 86_400_000

/** Sends waiting invitations and clears away what has run out; returns the function that stops it. */
export async function startHousekeeping(services: Services): Promise<() => Promise<void>> {
  const send = inviteSender(services.config)
  let running: Promise<void> = Promise.resolve()
  let cleanedAt = 0
  const step = async () => {
    if (send) await sendInvites(services, send)
    if (performance.now() - cleanedAt < CLEAN_EVERY_MS && cleanedAt > 0) return
    cleanedAt = performance.now()
    await clearAway(services)
  }
  const timer = setInterval(() => {
    running = running.then(step).catch(error => services.log('access housekeeping failed', { error }))
  }, EVERY_MS)
  return async () => {
    clearInterval(timer)
    await running
  }
}

/** Sends what waits, one transaction each, locked so that two processes do not send twice. Returns how many were sent. */
export async function sendInvites(services: Services, send: SendInvite): Promise<number> {
  let sent = 0
  for (let count = 0; count < MAILS_AT_ONCE; count++) {
    const outcome = await sendNextInvite(services, send)
    if (outcome === 'none') break
    if (outcome === 'sent') sent++
  }
  return sent
}

async function sendNextInvite(services: Services, send: SendInvite): Promise<'none' | 'sent' | 'failed'> {
  const { db, clock, keys, config, log } = services
  const now = clock.now()
  const company = await currentCompany(db)
  return db.transaction().execute(async tx => {
    const invite = await tx
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
      .limit(1)
      .forUpdate('invite')
      .skipLocked()
      .executeTakeFirst()
    if (!invite) return 'none'
    const error = await trySending(send, {
      to: invite.email,
      name: invite.display_name,
      companyName: company?.settings.legalName ?? '',
      link: `${config.publicUrl ?? `http://localhost:${config.port}`}${invitePath(keys, invite.id)}`,
      expiresAt: invite.expires_at,
      purpose: invite.purpose,
    })
    const tries = invite.mail_tries + 1
    const state = error === null ? 'sent' : tries >= MAIL_TRIES ? 'failed' : 'waiting'
    await tx
      .updateTable('staff_invite')
      .set({ mail_state: state, mail_tries: tries, mail_fault: error })
      .where('id', '=', invite.id)
      .execute()
    if (error !== null) log('invitation mail failed', { inviteId: invite.id, tries, error })
    const { id } = systemActors.schedule
    await recordEvents(tx, now, [
      {
        verb: error === null ? 'invite_mailed' : 'invite_mail_failed',
        actorId: id,
        actors: { by: id, kind: 'system', roles: [] },
        requestId: `invite-mail-${invite.id}`,
        ip: null,
        subjects: [{ kind: 'staff', id: invite.staffId }],
        facts: error === null ? { tries } : { tries, fault: error },
      },
    ])
    return error === null ? 'sent' : 'failed'
  })
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

async function trySending(send: SendInvite, mail: Parameters<SendInvite>[0]): Promise<string | null> {
  try {
    await send(mail)
    return null
  } catch (error) {
    return faultOf(error)
  }
}

/** What went wrong with a mail, for the log: the server's own sentence may repeat whose address it was. */
function faultOf(error: unknown): string {
  const part = (name: string) =>
    error instanceof Error && name in error ? Reflect.get(error, name) : undefined
  const said = [part('code'), part('responseCode')].filter(value => value !== undefined)
  return said.length > 0 ? said.join(' ').slice(0, 60) : 'unknown'
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
