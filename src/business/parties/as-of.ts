import type { Db } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { endOfDay, type Facts, factsOf, joined, knownAt, periodOn, periodsOf } from '../changes/index.ts'
import { splitAddress } from '../names/index.ts'
import { columnsOf, type KeptField } from './columns.ts'
import type { Party } from './contract.ts'
import { type PartyFieldName, partyFields } from './fields.ts'
import { type Company, type PartyRecord, shownCompany } from './identity.ts'
import { legalFormOfName } from './rules.ts'

/** What of the timelines counts: everything, or what had been recorded by an instant. */
export function factsKnown(facts: Facts, instant: string | null): Facts {
  if (instant === null) return facts
  return new Map(
    [...facts].map(([field, said]) => {
      const known = knownAt(said, instant)
      // What stood at first is known even to days before the record was made: there is nothing else to show.
      return [field, known.length > 0 ? known : said.slice(0, 1)]
    }),
  )
}

/** A party's row as it stood on a day: fields with a timeline from it, the others as they stand, since they never changed. */
export function rowAsOf<R extends object>(row: R, facts: Facts, day: IsoDate): R {
  const then = { ...row } as Record<string, unknown>
  for (const [field, said] of facts) {
    const value = periodOn(said, day)?.value ?? null
    if (!(field in partyFields)) {
      then[field as KeptField] = value
      continue
    }
    const [first] = columnsOf(field as PartyFieldName)
    if (first) then[first] = value
    if (field === 'legalName') Object.assign(then, legalFormOfName(String(value)))
    if (field === 'address') Object.assign(then, placeOf(typeof value === 'string' ? value : null))
  }
  return then as R
}

function placeOf(address: string | null) {
  const split = address === null ? null : splitAddress(address)
  return {
    pref: split?.prefecture ?? null,
    city: split?.city ?? null,
    town: split?.town ?? null,
    block: split?.block ?? null,
    building: split?.building ?? null,
  }
}

type Names = Party['names']

/** The names a party had borne until a day. */
export function namesAsOf(names: Names, facts: Facts, day: IsoDate): Names {
  const timelines = { legal: 'legalName', trade: 'tradeName', english: 'legalNameEn' } as const
  return (Object.keys(timelines) as (keyof typeof timelines)[]).flatMap(kind => {
    const said = facts.get(timelines[kind])
    if (!said)
      return names
        .filter(name => name.kind === kind && (name.validFrom === null || name.validFrom <= day))
        .map(name => (name.validTo !== null && name.validTo > day ? { ...name, validTo: null } : name))
    return joined(periodsOf(said))
      .filter(period => period.value !== null && (period.from === null || period.from <= day))
      .map(period => ({
        kind,
        name: String(period.value),
        kana: names.find(name => name.kind === kind && name.name === period.value)?.kana ?? null,
        partyNo: names[0]?.partyNo ?? null,
        validFrom: period.from,
        validTo: period.to !== null && period.to <= day ? period.to : null,
      }))
      .reverse()
  })
}

/** A company as it was on a day: each of its records from its timelines, then shown together as they are merged today. */
export async function companyAsOf(
  db: Db,
  company: Company,
  day: IsoDate,
  known: 'then' | 'now',
): Promise<{ company: Company; factsByNo: ReadonlyMap<string, Facts> }> {
  const factsByNo = new Map<string, Facts>()
  const records: PartyRecord[] = []
  for (const record of company.records) {
    // What was destroyed has no past: it shows as it stands.
    const facts: Facts = record.disposed_at
      ? new Map()
      : factsKnown(await factsOf(db, record.id), known === 'then' ? endOfDay(day) : null)
    factsByNo.set(record.party_no, facts)
    records.push({
      ...rowAsOf(record, facts, day),
      identity_roles: null,
      identity_stage: null,
      identity_status: null,
    })
  }
  const then = shownCompany(records, new Map(Object.entries(company.from)))
  if (records.length > 1)
    Object.assign(then.shown, {
      roles: [...new Set(records.flatMap(record => record.roles))],
      stage: strongest(['prospect', 'applied', 'active'], records, 'stage'),
      status: strongest(['closed', 'normal', 'suspended', 'blocked'], records, 'status'),
    })
  return { company: then, factsByNo }
}

function strongest(order: readonly string[], records: readonly PartyRecord[], field: 'stage' | 'status') {
  return order[Math.max(...records.map(record => order.indexOf(record[field])))]
}

/** The names of the records until a day, as they stand in the list of names today or in the timelines. */
export function namesOfRecordsAsOf(
  names: Names,
  records: readonly PartyRecord[],
  factsByNo: ReadonlyMap<string, Facts>,
  day: IsoDate,
): Names {
  return records.flatMap(record =>
    namesAsOf(
      names.filter(name => name.partyNo === null || name.partyNo === record.party_no),
      factsByNo.get(record.party_no) ?? new Map(),
      day,
    ),
  )
}
