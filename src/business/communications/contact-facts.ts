import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { currentCompany, hoursRuleOf } from '../access/index.ts'
import { sameCompany } from '../parties/index.ts'
import { brokenRules, type Contact, type ContactFacts, type ContactRule } from './rules/contact-rules.ts'
import './tables.ts'

/** Whom a contact goes to, and the claims it is about, if any are named. */
export interface Whom {
  partyId: Id
  personId: Id | null
  receivableIds: readonly Id[]
}

/** Reads what is known of somebody who is to be contacted. */
export async function contactFacts(db: Db | Tx, whom: Whom, today: IsoDate): Promise<ContactFacts> {
  const person = whom.personId ? await wishesOf(db, whom.partyId, whom.personId) : null
  const settings = (await currentCompany(db))?.settings
  return {
    allowed: {
      from: settings?.contactFrom ?? '08:00',
      to: settings?.contactTo ?? '21:00',
      onlyOn: settings?.contactDays === 'business_days' ? hoursRuleOf(settings) : null,
    },
    doNotContact: person?.do_not_contact ?? false,
    contactWindow: person?.contact_window ?? null,
    secretDebtor: await isSecretDebtor(db, whom),
    promisedUntil: await promisedUntil(db, whom.receivableIds, today),
  }
}

/** The rules this contact breaks as things stand. */
export async function rulesBrokenBy(
  db: Db | Tx,
  whom: Whom,
  contact: Contact,
  today: IsoDate,
): Promise<ContactRule[]> {
  if (contact.direction === 'in') return []
  return brokenRules(contact, await contactFacts(db, whom, today))
}

/** What a person's roles in the company say, ended ones left out; one role that says no is a no. */
async function wishesOf(db: Db | Tx, partyId: Id, personId: Id) {
  return db
    .selectFrom('party_person')
    .select(eb => [
      eb.fn.coalesce(sql<boolean>`bool_or(do_not_contact)`, sql<boolean>`false`).as('do_not_contact'),
      sql<string | null>`min(contact_window)`.as('contact_window'),
    ])
    .where('person_id', '=', personId)
    .where('party_id', 'in', sameCompany(partyId))
    .where('valid_to', 'is', null)
    .executeTakeFirst()
}

/**
 * Whether the party may not know of the deals it owes money in (FF §1, debtor): it is the debtor of live two-party claims, for none of
 * which a notice was sent, a consent received or a trigger recorded. Of the claims named each counts; where none is named, a party
 * which is a client itself, or knows of one of its claims, may be contacted.
 */
async function isSecretDebtor(db: Db | Tx, { partyId, receivableIds }: Whom): Promise<boolean> {
  const named = receivableIds.length > 0
  const { rows } = await sql<{ claims: number; open: number; is_client: boolean }>`
    with claim as (
      select r.id, r.perfection, coalesce((select v.terms ->> 'legalKind' from contract_version v
          where v.contract_id = coalesce(b.contract_id, r.contract_id)
            and (b.contract_version is null or v.version = b.contract_version)
          order by v.version desc limit 1), 'two_party') as legal_kind
      from receivable r left join purchase b on b.id = r.purchase_id
      where r.debtor_id in ${sameCompany(partyId)}
        and r.state not in ('rejected', 'withdrawn', 'lapsed', 'rescinded', 'repurchased', 'closed')
        and ${named ? sql`r.id = any(${[...receivableIds]}::uuid[])` : sql`true`})
    select count(*)::int as claims,
      count(*) filter (where legal_kind <> 'two_party' or perfection in ('notice_sent', 'consent_received')
        or exists (select 1 from contact_trigger t where t.receivable_id = claim.id)
        or exists (select 1 from assignment_notice n where n.receivable_id = claim.id and n.sent_on is not null
          and n.notice_kind <> 'registration'))::int as open,
      exists (select 1 from party p where p.id in ${sameCompany(partyId)} and 'client' = any(p.roles)) as is_client
    from claim`.execute(db)
  const { claims, open, is_client } = rows[0]!
  if (claims === 0) return false
  return named ? open < claims : open === 0 && !is_client
}

async function promisedUntil(
  db: Db | Tx,
  receivableIds: readonly Id[],
  today: IsoDate,
): Promise<IsoDate | null> {
  if (receivableIds.length === 0) return null
  const open = await db
    .selectFrom('payment_promise')
    .select(eb => eb.fn.max('due_on').as('due_on'))
    .where('receivable_id', 'in', [...receivableIds])
    .where('outcome', 'is', null)
    .where('due_on', '>=', today)
    .executeTakeFirst()
  return open?.due_on ?? null
}
