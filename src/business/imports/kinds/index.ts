import type { ImportKindName } from '../tables.ts'
import { accounts } from './accounts.ts'
import { applications } from './applications.ts'
import { balances } from './balances.ts'
import { claims } from './claims.ts'
import { contacts } from './contacts.ts'
import { contracts } from './contracts.ts'
import { customers } from './customers/index.ts'
import { holdings } from './holdings.ts'
import type { ImportField, ImportKind } from './import-kind.ts'
import { kyc } from './kyc.ts'
import { limits } from './limits.ts'
import { type OwnColumns, ownImportFields } from './own-columns.ts'
import { people } from './people.ts'
import { screenings } from './screenings.ts'

/** What can be moved in, in the order in which it must be: later kinds refer to records of earlier ones. */
export const kinds: readonly ImportKind[] = [
  customers,
  people,
  accounts,
  limits,
  kyc,
  holdings,
  screenings,
  contracts,
  claims,
  balances,
  applications,
  contacts,
]

const byName = new Map(kinds.map(kind => [kind.name, kind]))

export function kindNamed(name: ImportKindName): ImportKind {
  const kind = byName.get(name)
  if (!kind) throw new Error(`no import is called ${name}`)
  return kind
}

/** The items of a kind with what the company has defined itself. */
export function fieldsOfKind(name: ImportKindName, own: OwnColumns): readonly ImportField[] {
  return [...kindNamed(name).fields, ...ownImportFields(own)]
}
