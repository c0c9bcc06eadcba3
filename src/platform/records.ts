import type { Actor } from './commands/actor.ts'
import type { Db, Tx } from './database/database.ts'
import type { IsoDate } from './dates/iso-date.ts'
import type { Id } from './ids/uuid.ts'

/** A kind of record as its slice lists it, for slices above it which point at records without knowing them: documents, histories. */
export interface RecordKind {
  /** The word that stands in events and links: `party`. */
  kind: string
  /** The permission without which nobody looks at such a record or its history. */
  read: string
  /**
   * The record as far as this actor reaches, and whose personal data it is (whose key encrypts what is attached); null when it does not
   * exist or is out of reach. Left out by kinds nothing is attached to.
   */
  find?(at: LookFrom, id: Id): Promise<FoundRecord | null>
  /** The program's own fields of such a record and what they are called: nobody defines a second one of the same name. */
  fields?: Readonly<Record<string, string>>
}

export interface LookFrom {
  db: Db | Tx
  actor: Actor
  today: IsoDate
  /** That the record must stay open until the transaction ends: a kind that closes locks what closes it. */
  hold?: boolean
}

export interface FoundRecord {
  dataSubjectId: Id
  /** Its short number in view records; left out by kinds that have none. */
  seenNo?: number
  /** Why nothing of it may be changed any more, as people read it; left out while it may. */
  closed?: string | undefined
}

/** Every kind of record of the program, by its word. */
export class RecordDirectory {
  readonly #kinds: ReadonlyMap<string, RecordKind>
  constructor(kinds: readonly RecordKind[]) {
    this.#kinds = new Map(kinds.map(kind => [kind.kind, kind]))
    if (this.#kinds.size !== kinds.length) throw new Error('a kind of record is listed by two slices')
  }

  /** The record something is to be attached to, or null: unknown kind, no permission, gone, or out of reach look alike. */
  async find(at: LookFrom, record: { kind: string; id: Id }): Promise<FoundRecord | null> {
    const kind = this.#kinds.get(record.kind)
    if (!kind?.find || !at.actor.permissions.has(kind.read)) return null
    return kind.find(at, record.id)
  }

  /** Name → label of the program's own fields of a kind; none where its slice describes none. */
  fieldsOf(kind: string): Readonly<Record<string, string>> {
    return this.#kinds.get(kind)?.fields ?? {}
  }

  /** The kinds of record this actor may not look at. */
  hiddenFrom(actor: Actor): string[] {
    return [...this.#kinds.keys()].filter(kind => !this.mayRead(actor, kind))
  }

  /** Whether the actor may look at records of this kind at all; kinds nobody lists stand open to whoever may read histories. */
  mayRead(actor: Actor, kind: string): boolean {
    const read = this.#kinds.get(kind)?.read
    return read === undefined || actor.permissions.has(read)
  }
}
