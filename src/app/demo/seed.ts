import { DEMO_PASSWORD, setupCompany, systemActor } from '../../business/access/index.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import type { Command } from '../../platform/commands/command.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import type { CommandContract } from '../../platform/http/contract.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Program } from '../program.ts'
import { type DemoCompany, demoCompany } from './data/demo-company.ts'
import type { StaffKey } from './data/demo-types.ts'
import { seedParties } from './seed-parties.ts'

/** What the parts of the seed hand on: who is who, and how to run a command as somebody. */
export interface Seeding {
  program: Program
  demo: DemoCompany
  staff: ReadonlyMap<StaffKey, Actor>
  /** Ids of the demo's parties by key (client-01 …). */
  parties: Map<string, Id>
  run<C extends CommandContract>(
    by: StaffKey,
    command: Command<C>,
    input: object,
    key: string,
  ): Promise<never>
}

/** Fills an empty database with the demo company, through the same commands as the screens. */
export async function seedDemo(program: Program, say: (line: string) => void): Promise<void> {
  if (await isFilled(program)) return
  say('filling in the demo data …')
  const now = program.clock.now()
  const demo = demoCompany(todayInTokyo(now))
  if ((await program.db.selectFrom('company').select('id').executeTakeFirst()) === undefined)
    await setUpDemoCompany(program, demo)
  const staff = await demoStaff(program, demo)
  const seeding: Seeding = {
    program,
    demo,
    staff,
    parties: new Map(),
    async run(by, command, input, key) {
      const actor = staff.get(by)
      if (!actor) throw new Error(`the demo has no ${by}`)
      const answer = await program.executor.execute(command, actor, input, {
        key: `demo-${key}`,
        requestId: 'demo',
      })
      return answer.body as never
    },
  }
  await seedParties(seeding)
  await noteFilled(program)
}

/** A start that was cut off in the middle is taken up again: every command of the seed has its own key, so nothing is made twice. */
async function isFilled(program: Program): Promise<boolean> {
  const row = await program.db
    .selectFrom('audit_event')
    .select('id')
    .where('verb', '=', FILLED)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

const FILLED = 'demo_filled'

async function noteFilled(program: Program): Promise<void> {
  await program.db
    .transaction()
    .execute(tx =>
      program.executor
        .context(tx, systemActor('demo', program.permissions), 'demo')
        .record({ verb: FILLED, subjects: [] }),
    )
}

async function setUpDemoCompany(program: Program, demo: DemoCompany): Promise<void> {
  await setupCompany(program.db, program.clock.now(), {
    mode: 'demo',
    company: companyOf(demo),
    staff: demo.staff.map(person => ({
      displayName: person.name,
      email: person.email,
      password: DEMO_PASSWORD,
      endsOn: person.endsOn,
      roles: person.roles.map(role => ({ role, validTo: role === 'contractor' ? person.endsOn : null })),
    })),
  })
}

async function demoStaff(program: Program, demo: DemoCompany): Promise<Map<StaffKey, Actor>> {
  const rows = await program.db.selectFrom('staff_member').select(['id', 'email']).execute()
  const idByEmail = new Map(rows.map(row => [row.email, row.id]))
  const staff = new Map<StaffKey, Actor>()
  for (const person of demo.staff) {
    const actor = await program.loadActor(idByEmail.get(person.email) ?? '')
    if (actor) staff.set(person.key, actor)
  }
  return staff
}

function companyOf(demo: DemoCompany) {
  const { own } = demo
  return {
    legalName: own.legalName,
    corporateNumber: own.corporateNumber,
    invoiceRegNo: own.invoiceRegNo,
    originatorCode: own.originatorCode,
  }
}

/** Logins for the terminal; the sign-in page offers the same. */
export function demoLogins(): string[] {
  const roles = [
    'sales',
    'reviewer',
    'approver',
    'operations',
    'collector',
    'compliance',
    'accounting',
    'manager',
    'auditor',
  ]
  return [
    `demo logins (password ${DEMO_PASSWORD}):`,
    `  ${[...roles, 'administrator', 'administrator2', 'contractor'].map(role => `${role}@demo.example`).join('  ')}`,
  ]
}
