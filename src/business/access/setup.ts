import { hashPassword } from 'better-auth/crypto'
import { sql } from 'kysely'
import pg from 'pg'
import type { z } from 'zod'
import type { Db } from '../../platform/database/database.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { recordEvents } from '../../platform/trail/record-event.ts'
import { problemsOf } from './commands/company.ts'
import { insertCompanyVersion } from './company.ts'
import { changeCompanySettings, companyShape } from './contract.ts'
import { createStaff, type NewStaff } from './staff.ts'
import { systemActors } from './system-actors.ts'

export interface SetUp {
  mode: 'demo' | 'company'
  company: z.input<typeof companyShape>
  /** At least two administrators, since the first grant of a role already needs a second one. */
  staff: readonly NewStaff[]
}

/**
 * Makes an empty database the book of one company: its settings and its first people, in one transaction. Throws a sentence with
 * the remedy when the database is in use already, an administrator is missing, or a value is wrong.
 */
export async function setupCompany(
  db: Db,
  now: Date,
  input: SetUp,
): Promise<{ companyId: Id; staffIds: Id[] }> {
  const settings = companyShape.parse(input.company)
  const wrong = problemsOf(settings)[0]
  if (wrong)
    throw new Error(
      `${wrong.field}: ${(changeCompanySettings.refusals as Record<string, string>)[wrong.code]}`,
    )
  const administrators = input.staff.filter(person =>
    person.roles.some(given => given.role === 'administrator'),
  )
  if (administrators.length < 2)
    throw new Error(
      'two administrators are needed: every grant of a role waits for the second one. Name both.',
    )
  const by = input.mode === 'demo' ? 'demo' : 'setup'
  const hashes = await hashesOf(input.staff)
  return db.transaction().execute(async tx => {
    await sql`lock table company in exclusive mode`.execute(tx)
    const there = await tx.selectFrom('company').select('mode').executeTakeFirst()
    if (there) throw new Error(alreadySetUp(there.mode))
    const companyId = newId()
    const { id: actorId } = systemActors[by]
    await tx
      .insertInto('company')
      .values({ id: companyId, row_version: 1, mode: input.mode, set_up_at: now.toISOString() })
      .execute()
    await insertCompanyVersion(tx, now, actorId, 1, settings)
    await recordEvents(tx, now, [
      {
        verb: 'company_set_up',
        actorId,
        actors: { by: actorId, kind: 'system', roles: [] },
        requestId: `setup-${companyId}`,
        ip: null,
        subjects: [{ kind: 'company', id: companyId }],
        after: { ...settings },
        facts: { mode: input.mode },
      },
    ])
    const staffIds: Id[] = []
    for (const person of input.staff) {
      const passwordHash = hashes.get(person.password)
      staffIds.push(await createStaff(tx, now, { ...person, passwordHash }, by))
    }
    return { companyId, staffIds }
  })
}

/** The hash of each password; the one which everybody in the demo has is hashed once, since that is slow on purpose. */
async function hashesOf(staff: readonly NewStaff[]): Promise<Map<string | undefined, string>> {
  const passwords = new Set(staff.flatMap(person => person.password ?? []))
  return new Map(await Promise.all([...passwords].map(async one => [one, await hashPassword(one)] as const)))
}

function alreadySetUp(mode: 'demo' | 'company'): string {
  return mode === 'demo'
    ? 'this data folder holds the demo. Remedy: choose an empty folder (DAICHO_DATA=...) or another database, and run setup again.'
    : 'this database belongs to a company already. Remedy: use the screens, or "daicho users" for lost passwords.'
}

/** What the database is used for, or null when nobody has set it up yet; the migrations must have run. */
export async function installationMode(databaseUrl: string): Promise<'demo' | 'company' | null> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ mode: 'demo' | 'company' }>('select mode from company')
    return rows[0]?.mode ?? null
  } finally {
    await client.end()
  }
}
