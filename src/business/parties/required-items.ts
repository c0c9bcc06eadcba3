import { type RawBuilder, sql } from 'kysely'
import type { FieldDescription } from '../../platform/fields.ts'
import { requiredPeople } from './fields/people-needed.ts'
import { partyFields } from './fields.ts'
import type { PartyKind, PartyRole, PartyStage } from './tables.ts'

/** One thing that must be known of a party from a stage on: a field that holds a value, or a role that somebody holds. */
export interface RequiredItem {
  key: string
  label: string
  from: PartyStage
  /** Only of these kinds of parties; null: of all. */
  kinds: readonly PartyKind[] | null
  /** Only of parties with one of these roles; null: of all. */
  roles: readonly PartyRole[] | null
  /** The column which must hold a value, or the person's role which must be held, or the key of an own field. */
  column: string | null
  personRole: string | null
  ownKey: string | null
}

/** What is looked at, as it stands in the table. */
export interface Completable {
  party_kind: PartyKind
  roles: readonly PartyRole[]
  stage: PartyStage
  held_roles: readonly string[]
  /** Keys of the own fields that hold a value; left out where none is required. */
  own_keys?: readonly string[]
  [column: string]: unknown
}

export interface Completeness {
  /** Items required of this party before it is active; and how many of them are there. */
  required: number
  filled: number
  /** Whole percent, rounded down; 100 only when nothing is missing. */
  percent: number
  /** Required already in the stage the party has reached. */
  missingNow: { key: string; label: string; from: PartyStage; kind: 'field' | 'person' | 'own' }[]
  /** Required in a later stage only. */
  missingLater: { key: string; label: string; from: PartyStage; kind: 'field' | 'person' | 'own' }[]
}

const STAGES: readonly PartyStage[] = ['prospect', 'applied', 'active']

const all: readonly RequiredItem[] = [
  ...Object.values(partyFields as Readonly<Record<string, FieldDescription>>).flatMap(field =>
    field.requiredFrom
      ? [
          {
            key: field.name,
            label: field.label.ja,
            from: field.requiredFrom,
            kinds: (field.requiredWhen?.in as readonly PartyKind[] | undefined) ?? null,
            roles: null,
            column: field.column,
            personRole: null,
            ownKey: null,
          },
        ]
      : [],
  ),
  ...requiredPeople.map(need => ({ ...need, column: null, ownKey: null })),
]

/** What the program proposes to be known before a party reaches a stage, that of earlier stages included (data dictionary, Req). */
export function requiredItems(stage: PartyStage): RequiredItem[] {
  return upTo(all, stage)
}

function upTo(items: readonly RequiredItem[], stage: PartyStage): RequiredItem[] {
  return items.filter(item => STAGES.indexOf(item.from) <= STAGES.indexOf(stage))
}

/** How complete a party is and what is missing, now and before it becomes active. */
export function completenessOf(party: Completable, items: readonly RequiredItem[] = all): Completeness {
  const applicable = items.filter(item => applies(item, party))
  const missing = applicable.filter(item => !isThere(item, party))
  const filled = applicable.length - missing.length
  const named = missing.map(item => ({
    key: item.key,
    label: item.label,
    from: item.from,
    kind: item.personRole ? ('person' as const) : item.ownKey ? ('own' as const) : ('field' as const),
  }))
  const reached = STAGES.indexOf(party.stage)
  return {
    required: applicable.length,
    filled,
    percent: applicable.length === 0 ? 100 : Math.floor((filled * 100) / applicable.length),
    missingNow: named.filter(item => STAGES.indexOf(item.from) <= reached),
    missingLater: named.filter(item => STAGES.indexOf(item.from) > reached),
  }
}

function applies(item: RequiredItem, party: Completable): boolean {
  const ofKind = item.kinds === null || item.kinds.includes(party.party_kind)
  return ofKind && (item.roles === null || item.roles.some(role => party.roles.includes(role)))
}

function isThere(item: RequiredItem, party: Completable): boolean {
  if (item.personRole) return party.held_roles.includes(item.personRole)
  if (item.ownKey) return (party.own_keys ?? []).includes(item.ownKey)
  const value = party[item.column ?? '']
  return value !== null && value !== undefined && value !== ''
}

/** Every item that may be required: fields which may be empty, and people. `from` is what the program proposes; null: not required. */
export interface Requirable {
  item: Omit<RequiredItem, 'from'>
  from: PartyStage | null
  /** Asked by law of whoever becomes a customer: may be asked earlier, never later or not at all. */
  fixed: boolean
}

/** 犯収法4条: name, place and business of the customer, who represents and who owns it; and who of ours answers for it. */
const ASKED_BY_LAW = new Set([
  'partyKind',
  'legalName',
  'address',
  'businessSummary',
  'ownerStaffId',
  'representative',
  'beneficial_owner',
])

export const requirable: readonly Requirable[] = [
  ...Object.values(partyFields as Readonly<Record<string, FieldDescription>>).flatMap(field =>
    field.column
      ? [
          {
            item: {
              key: field.name,
              label: field.label.ja,
              kinds: (field.requiredWhen?.in as readonly PartyKind[] | undefined) ?? null,
              roles: null,
              column: field.column,
              personRole: null,
              ownKey: null,
            },
            from: field.requiredFrom ?? null,
            fixed: ASKED_BY_LAW.has(field.name),
          },
        ]
      : [],
  ),
  ...requiredPeople.map(({ from, ...need }) => ({
    item: { ...need, column: null, ownKey: null },
    from,
    fixed: ASKED_BY_LAW.has(need.key),
  })),
]

/** Columns of the table which `completenessOf` may look at. */
export const completenessColumns = [
  ...new Set(requirable.flatMap(({ item }) => (item.column ? [item.column] : []))),
  'held_roles',
] as const

/** SQL: something is missing of what the party's stage requires; the same rule as `completenessOf`. */
export function lacksRequired(items: readonly RequiredItem[] = all): RawBuilder<boolean> {
  const stages = STAGES.map(stage => {
    const lacks = upTo(items, stage).map(item => {
      const missing = item.personRole
        ? sql`not (party.held_roles @> array[${item.personRole}])`
        : item.ownKey
          ? sql`not exists (select from record_custom rc where rc.id = party.id and (rc.plain ? ${item.ownKey} or rc.sealed ? ${item.ownKey}))`
          : sql`${sql.ref(`party.${item.column}`)} is null`
      const kinds = item.kinds ? sql` and party.party_kind = any(${[...item.kinds]}::text[])` : sql``
      const roles = item.roles ? sql` and party.roles && ${[...item.roles]}::text[]` : sql``
      return sql`(${missing}${kinds}${roles})`
    })
    if (lacks.length === 0) return sql`false`
    return sql`(party.stage = ${stage} and (${sql.join(lacks, sql` or `)}))`
  })
  return sql<boolean>`(${sql.join(stages, sql` or `)})`
}
