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
  /** The column which must hold a value, or the person's role which must be held. */
  column: string | null
  personRole: string | null
}

/** What is looked at, as it stands in the table. */
export interface Completable {
  party_kind: PartyKind
  roles: readonly PartyRole[]
  stage: PartyStage
  held_roles: readonly string[]
  [column: string]: unknown
}

export interface Completeness {
  /** Items required of this party before it is active; and how many of them are there. */
  required: number
  filled: number
  /** Whole percent, rounded down; 100 only when nothing is missing. */
  percent: number
  /** Required already in the stage the party has reached. */
  missingNow: { key: string; label: string; from: PartyStage; kind: 'field' | 'person' }[]
  /** Required in a later stage only. */
  missingLater: { key: string; label: string; from: PartyStage; kind: 'field' | 'person' }[]
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
          },
        ]
      : [],
  ),
  ...requiredPeople.map(need => ({ ...need, column: null })),
]

/** What must be known before a party reaches a stage, that of earlier stages included (data dictionary, Req; read from `fields.ts`). */
export function requiredItems(stage: PartyStage): RequiredItem[] {
  return all.filter(item => STAGES.indexOf(item.from) <= STAGES.indexOf(stage))
}

/** How complete a party is and what is missing, now and before it becomes active. */
export function completenessOf(party: Completable): Completeness {
  const applicable = requiredItems('active').filter(item => applies(item, party))
  const missing = applicable.filter(item => !isThere(item, party))
  const filled = applicable.length - missing.length
  const named = missing.map(item => ({
    key: item.key,
    label: item.label,
    from: item.from,
    kind: item.personRole ? ('person' as const) : ('field' as const),
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
  const value = party[item.column ?? '']
  return value !== null && value !== undefined && value !== ''
}

/** Columns of the table which `completenessOf` looks at. */
export const completenessColumns = [
  ...new Set(all.flatMap(item => (item.column ? [item.column] : []))),
  'held_roles',
] as const

/** SQL: something is missing of what the party's stage requires; the same rule as `completenessOf`. */
export function lacksRequired(): RawBuilder<boolean> {
  const stages = STAGES.map(stage => {
    const lacks = requiredItems(stage).map(item => {
      const missing = item.personRole
        ? sql`not (party.held_roles @> array[${item.personRole}])`
        : sql`${sql.ref(`party.${item.column}`)} is null`
      const kinds = item.kinds ? sql` and party.party_kind = any(${[...item.kinds]}::text[])` : sql``
      const roles = item.roles ? sql` and party.roles && ${[...item.roles]}::text[]` : sql``
      return sql`(${missing}${kinds}${roles})`
    })
    return sql`(party.stage = ${stage} and (${sql.join(lacks, sql` or `)}))`
  })
  return sql<boolean>`(${sql.join(stages, sql` or `)})`
}
