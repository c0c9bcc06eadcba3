import { sql } from 'kysely'
import { type CommandContext, defineCommand } from '../../platform/commands/command.ts'
import { found, Refusal, refuseUnless } from '../../platform/commands/refusal.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { factsOf } from '../changes/index.ts'
import { sameCompany } from '../parties/index.ts'
import { recordCallback } from './contract.ts'
import { callbackResultLabels, numberOfLabels } from './labels.ts'
import { lockAccount, subjectsOf } from './records.ts'
import type { CallbackNumber } from './tables.ts'

/**
 * Keeps the call to a number that was registered before the account (DD group 6). Who says there that nothing was changed stops the
 * account at once.
 */
export const callBack = defineCommand(recordCallback, {
  async run(context, input) {
    const { tx, actor, now, keys } = context
    const account = await lockAccount(context, input.accountId)
    const partyId = account.party_id
    refuseUnless(partyId !== null && account.usage === 'payout', 'callback_must_be_about_a_payout_account')
    const calledAt = new Date(input.calledAt)
    refuseUnless(
      calledAt <= now && calledAt >= minuteOf(account.recorded_at),
      'callback_must_follow_the_change',
      { kind: 'invalid', field: 'calledAt' },
    )
    // Who asked for the change is not who finds it confirmed; a denial is taken from anybody.
    refuseUnless(
      input.result !== 'confirmed' || account.registered_by !== actor.id,
      'callback_must_be_by_another_person',
      { kind: 'invalid', field: 'result' },
    )
    // The account is as old as the request for it: what was changed while it waited comes after it.
    const before = account.asked_at ?? account.recorded_at
    const person = input.personId ? await personOf(context, partyId, input.personId) : null
    refuseUnless(input.numberOf === 'company' || person !== null, 'callback_must_name_a_person', {
      kind: 'invalid',
      field: 'personId',
    })
    refuseUnless(
      person === null || new Date(person.joined_at) <= new Date(before),
      'callback_person_must_be_older_than_the_account',
      { kind: 'invalid', field: 'personId' },
    )
    const number = await knownNumber(context, input.numberOf, { partyId, person, before })
    const id = newId()
    await tx
      .insertInto('account_callback')
      .values({
        id,
        account_id: account.id,
        called_at: calledAt.toISOString(),
        called_by: actor.id,
        person_id: person?.id ?? null,
        number_of: input.numberOf,
        number_sealed: await keys.seal(tx, input.numberOf === 'company' ? partyId : person!.id, number),
        number_last: number.replace(/\D/g, '').slice(-4),
        result: input.result,
        note: input.note ?? null,
        recorded_at: now.toISOString(),
      })
      .execute()
    const stops = input.result === 'denied' && account.blocked_at === null
    await tx
      .updateTable('bank_account')
      .set({
        row_version: sql`row_version + 1`,
        ...(stops
          ? { blocked_at: now.toISOString(), block_reason: '折り返し確認で「変更していない」との回答' }
          : {}),
      })
      .where('id', '=', account.id)
      .execute()
    const subjects = [...subjectsOf(account), ...(person ? [{ kind: 'person', id: person.id }] : [])]
    await context.record({
      verb: 'account_called_back',
      subjects,
      after: { result: input.result, numberOf: input.numberOf, calledAt: calledAt.toISOString() },
      facts: { summary: `${numberOfLabels[input.numberOf]}：${callbackResultLabels[input.result]}` },
    })
    if (stops)
      await context.record({
        verb: 'account_blocked',
        subjects,
        reason: '折り返し確認で「変更していない」との回答',
      })
    return { id, blocked: stops }
  },
})

/** People note the minute: a call in the minute of the change has followed it. */
function minuteOf(at: string): Date {
  return new Date(Math.floor(new Date(at).getTime() / 60_000) * 60_000)
}

async function personOf({ tx }: CommandContext, partyId: Id, personId: Id) {
  const row = await tx
    .selectFrom('party_person as r')
    .innerJoin('person as p', 'p.id', 'r.person_id')
    .select(['p.id', 'p.phone_sealed', 'p.mobile_sealed', 'p.registered_at'])
    .select('r.recorded_at as joined_at')
    .where('r.party_id', 'in', sameCompany(partyId))
    .where('r.person_id', '=', personId)
    .where('r.valid_to', 'is', null)
    .orderBy('r.recorded_at')
    .limit(1)
    .executeTakeFirst()
  refuseUnless(row !== undefined, 'person_must_belong_to_the_party', { kind: 'invalid', field: 'personId' })
  return row
}

interface Asked {
  partyId: Id
  person: Awaited<ReturnType<typeof personOf>> | null
  /** When the account was asked for: what came after it may belong to whoever wants it changed. */
  before: string
}

/** The number as it was registered before the account; none, or one that came later, is refused. */
async function knownNumber(
  { tx, keys }: CommandContext,
  of: CallbackNumber,
  { partyId, person, before }: Asked,
): Promise<string> {
  const party = found(
    await tx
      .selectFrom('party')
      .select(['phone_display', 'registered_at'])
      .where('id', '=', partyId)
      .executeTakeFirst(),
    'party',
  )
  const [recordId, field, since] =
    of === 'company'
      ? [partyId, 'phone', party.registered_at]
      : [found(person, 'person').id, of, found(person, 'person').registered_at]
  const sealed = of === 'mobile' ? person?.mobile_sealed : person?.phone_sealed
  const number = of === 'company' ? party.phone_display : sealed ? await keys.open(tx, sealed) : null
  if (!number)
    throw new Refusal('invalid', [{ code: 'callback_needs_a_registered_number', field: 'numberOf' }])
  const facts = (await factsOf(tx, recordId, { fields: [field], keys })).get(field) ?? []
  const newest =
    facts
      .map(fact => String(fact.recordedAt))
      .sort()
      .at(-1) ?? String(since)
  refuseUnless(new Date(newest) <= new Date(before), 'callback_number_must_be_older_than_the_account', {
    kind: 'invalid',
    field: 'numberOf',
  })
  return number
}
