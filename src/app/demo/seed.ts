import { DEMO_PASSWORD, loadActor, setupCompany, systemActor } from '../../business/access/index.ts'
import { approveChangeRequestCommand, changeRequestDoor } from '../../business/approvals/index.ts'
import { refuseStrangeEvidence } from '../../business/documents/index.ts'
import { HandClock } from '../../platform/clock.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import type { Command, CommandContext } from '../../platform/commands/command.ts'
import { Executor } from '../../platform/commands/executor.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import type { CommandContract } from '../../platform/http/contract.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Program } from '../program.ts'
import { type DemoCompany, demoCompany } from './data/demo-company.ts'
import type { StaffKey } from './data/demo-types.ts'
import { seedAccounts } from './seed-accounts.ts'
import { seedApplications } from './seed-applications.ts'
import { seedAssignments } from './seed-assignments.ts'
import { seedContacts } from './seed-contacts.ts'
import { seedContracts } from './seed-contracts.ts'
import { seedCreditFiles } from './seed-credit-files.ts'
import { seedKyc } from './seed-kyc.ts'
import { changeLimitsSince, seedLimits } from './seed-limits.ts'
import { seedNews } from './seed-news.ts'
import { seedParties } from './seed-parties.ts'
import { seedPayouts } from './seed-payouts.ts'
import { seedPlans } from './seed-plans.ts'
import { seedReceivables, seedRepeatedOffers } from './seed-receivables.ts'
import { seedScreening } from './seed-screening.ts'
import { seedShownOnce } from './seed-shown-once.ts'
import { seedTasks } from './seed-tasks.ts'
import { seedWaiting } from './seed-waiting.ts'
import { writeDemoStatement } from './write-statement.ts'

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
  /** Runs a critical command as its maker, and approves it as the second person; answers what the command itself answers. */
  runByTwo<C extends CommandContract>(
    by: StaffKey,
    approvedBy: StaffKey,
    command: Command<C>,
    input: object,
    key: string,
  ): Promise<never>
  /** The same people at ten in the morning of an earlier day. */
  on(day: IsoDate): Seeding
  /** Asks something of the records as of the day, writing nothing. */
  look<T>(ask: (context: CommandContext) => Promise<T>): Promise<T>
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
  const seeding = seedingWith(program, program.executor, { demo, staff, parties: new Map() })
  await seedParties(seeding)
  await seedAssignments(seeding)
  await seedScreening(seeding)
  await seedKyc(seeding)
  const ownAccounts = await seedAccounts(seeding)
  const limits = await seedLimits(seeding)
  const plans = await seedPlans(seeding)
  const executed = await seedContracts(seeding)
  const deals = await seedReceivables(seeding, executed)
  await seedPayouts(seeding, deals.purchases, ownAccounts.get('payout')!)
  await seedRepeatedOffers(seeding, executed, deals)
  await changeLimitsSince(seeding, limits)
  await seedCreditFiles(seeding)
  await seedContacts(seeding)
  await seedApplications(seeding, deals.claims, plans)
  await seedNews(seeding)
  await seedWaiting(seeding, deals.claims)
  await seedShownOnce(seeding)
  await seedTasks(seeding)
  say(`a bank statement to import: ${await writeDemoStatement(program.config.dataDir, demo)}`)
  await noteFilled(program)
}

function seedingWith(
  program: Program,
  executor: Executor,
  facts: Pick<Seeding, 'demo' | 'staff' | 'parties'>,
): Seeding {
  const run: Seeding['run'] = async (by, command, input, key) => {
    const actor = facts.staff.get(by)
    if (!actor) throw new Error(`the demo has no ${by}`)
    const options = { key: `demo-${key}`, requestId: 'demo' }
    return (await executor.execute(command, actor, input, options)).body as never
  }
  return {
    program,
    ...facts,
    run,
    async runByTwo(by, approvedBy, command, input, key) {
      const waiting: { pending?: true; changeRequestId: Id } = await run(by, command, input, key)
      if (!waiting.pending) return waiting as never
      const { changeRequestId } = waiting
      const decided: { state: string; answer: unknown } = await run(
        approvedBy,
        approveChangeRequestCommand,
        { changeRequestId },
        `approve-${key}`,
      )
      if (decided.state !== 'applied') throw new Error(`the demo's ${key} became ${decided.state}`)
      return decided.answer as never
    },
    look: ask =>
      program.db
        .transaction()
        .setAccessMode('read only')
        .execute(tx => ask(executor.context(tx, systemActor('demo', program.permissions), 'demo'))),
    on: day =>
      day < facts.demo.today
        ? seedingWith(program, executorOn(program, day), facts)
        : seedingWith(program, program.executor, facts),
  }
}

/** Runs commands as of an earlier day; who may do what is asked as of now, since everybody joined when the demo was set up. */
function executorOn(program: Program, day: IsoDate): Executor {
  return new Executor({
    reading: program.reading,
    db: program.db,
    keys: program.keys,
    clock: new HandClock(new Date(`${day}T10:00:00+09:00`)),
    commands: program.commands,
    records: program.records,
    changeRequests: changeRequestDoor,
    checkEvidence: refuseStrangeEvidence,
    loadActor: (tx, id) => loadActor(tx, program.permissions, id, program.clock.now()),
    report: error => program.log(`demo data: ${error instanceof Error ? error.message : error}`),
  })
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
