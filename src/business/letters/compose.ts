import { sql } from 'kysely'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { currentCompany } from '../access/index.ts'
import { type ContactRule, rulesBrokenBy } from '../communications/index.ts'
import { sameCompany } from '../parties/index.ts'
import { fill, type LetterFacts, missingFor } from './rules/words.ts'
import type { LetterChannel, LetterKind } from './tables.ts'
import './tables.ts'

export interface Asked {
  partyId: Id
  templateId: Id
  personId: Id | null
  channel: LetterChannel
  receivableIds: readonly Id[]
}

/** To whom a letter is addressed: what stands in the window of the envelope, or where the mail goes. */
export interface Recipient {
  partyName: string
  personName: string | null
  postalCode: string | null
  address: string | null
  mailTo: string | null
}

export interface Composed {
  versionId: Id
  version: number
  approvedBy: Id
  kind: LetterKind
  templateName: string
  subject: string
  body: string
  /** Over all of it: what was looked at is what goes out. */
  previewHash: string
  recipient: Recipient
  missing: ('person' | 'claims')[]
  broken: ContactRule[]
}

/** Reminders and demands are about payments; the rules about contacting people ask for it. */
export const categoryOf = (kind: LetterKind) =>
  kind === 'reminder' || kind === 'formal_demand' ? ('payment' as const) : ('existing_deal' as const)

/** A letter as it would go out now; refuses where there are no approved words, or claims that are not the party's. */
export async function compose(
  at: { db: Db | Tx; now: Date; today: string; senderName: string; keys: Pick<SubjectKeys, 'keyedHash'> },
  asked: Asked,
): Promise<Composed> {
  const { db, now, today, senderName, keys } = at
  const template = found(
    await db.selectFrom('letter_template').selectAll().where('id', '=', asked.templateId).executeTakeFirst(),
    'letter_template',
  )
  refuseUnless(template.retired_at === null, 'template_must_be_in_use')
  const version = await db
    .selectFrom('letter_template_version')
    .selectAll()
    .where('template_id', '=', template.id)
    .where('state', '=', 'in_force')
    .executeTakeFirst()
  refuseUnless(version?.approved_by != null, 'words_must_be_in_force')
  const { partyName, personName, ...place } = await namesOf(db, asked)
  const recipient: Recipient = { partyName, personName, ...place }
  const facts: LetterFacts = {
    partyName,
    personName,
    companyName: (await currentCompany(db))?.settings.legalName ?? '',
    today,
    senderName,
    claims: await claimsOf(db, asked),
  }
  const [subject, body] = [fill(version.subject, facts), fill(version.body, facts)]
  const { partyId, personId, channel } = asked
  const broken = await rulesBrokenBy(
    db,
    { partyId, personId, receivableIds: asked.receivableIds },
    { channel, direction: 'out', category: categoryOf(template.letter_kind), at: now, timeKnown: true },
    today,
  )
  return {
    versionId: version.id,
    version: version.version,
    approvedBy: version.approved_by,
    kind: template.letter_kind,
    templateName: template.name,
    subject,
    body,
    recipient,
    previewHash: keys.keyedHash(
      'letter',
      JSON.stringify([
        version.id,
        partyId,
        personId,
        channel,
        [...asked.receivableIds].sort(),
        subject,
        body,
        recipient,
      ]),
    ),
    missing: missingFor(`${version.subject}\n${version.body}`, facts),
    broken,
  }
}

/** Where a letter goes: the address for correspondence before the head office, as it is written. */
function placeOf(party: {
  postal_code: string | null
  pref: string | null
  city: string | null
  town: string | null
  block: string | null
  building: string | null
  address_original: string | null
  correspondence_postal_code: string | null
  correspondence_address: string | null
}): Pick<Recipient, 'postalCode' | 'address'> {
  if (party.correspondence_address)
    return { postalCode: party.correspondence_postal_code, address: party.correspondence_address }
  const { pref, city, town, block, building } = party
  const built = [pref, city, town, block].filter(part => part !== null).join('')
  const address = party.address_original ?? ([built, building].filter(Boolean).join('　') || null)
  return { postalCode: party.postal_code, address }
}

async function namesOf(db: Db | Tx, { partyId, personId }: Asked) {
  const party = found(
    await db
      .selectFrom('party')
      .select(['legal_name', 'shown_name', 'postal_code', 'pref', 'city', 'town', 'block', 'building'])
      .select(['address_original', 'correspondence_postal_code', 'correspondence_address'])
      .where('id', '=', partyId)
      .executeTakeFirst(),
    'party',
  )
  const person = personId
    ? await db
        .selectFrom('person as h')
        .innerJoin('party_person as r', 'r.person_id', 'h.id')
        .select(['h.family_name', 'h.given_name', 'h.email'])
        .where('h.id', '=', personId)
        .where('r.party_id', 'in', sameCompany(partyId))
        .where('r.valid_to', 'is', null)
        .executeTakeFirst()
    : null
  refuseUnless(personId === null || person !== undefined, 'person_must_belong_to_party', {
    kind: 'invalid',
    field: 'personId',
  })
  return {
    partyName: party.shown_name ?? party.legal_name,
    personName: person ? `${person.family_name} ${person.given_name}` : null,
    mailTo: person?.email ?? null,
    ...placeOf(party),
  }
}

async function claimsOf(db: Db | Tx, { partyId, receivableIds }: Asked): Promise<LetterFacts['claims']> {
  if (receivableIds.length === 0) return []
  const { rows } = await sql<{ invoice_no: string; due_on: string; open_yen: number }>`
    select invoice_no, payable_on as due_on, (purchased_yen - collected_yen - diluted_yen)::bigint as open_yen from receivable
    where id = any(${[...receivableIds]}::uuid[]) and (client_id in ${sameCompany(partyId)} or debtor_id in ${sameCompany(partyId)})
      and state in ('purchased', 'dunning', 'legal') and purchased_yen - collected_yen - diluted_yen > 0
    order by payable_on, id`.execute(db)
  refuseUnless(rows.length === new Set(receivableIds).size, 'claims_must_be_of_the_party', {
    kind: 'invalid',
    field: 'receivableIds',
  })
  return rows.map(row => ({ invoiceNo: row.invoice_no, dueOn: row.due_on, openYen: row.open_yen }))
}
