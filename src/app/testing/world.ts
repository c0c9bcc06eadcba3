import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { inject } from 'vitest'
import type { z } from 'zod'
import type { Role } from '../../business/access/index.ts'
import { actorOf, systemActor } from '../../business/access/index.ts'
import { HandClock } from '../../platform/clock.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import type { AnyCommand, Command } from '../../platform/commands/command.ts'
import type { CommandAnswer } from '../../platform/commands/executor.ts'
import { Refusal } from '../../platform/commands/refusal.ts'
import { readConfig } from '../../platform/config.ts'
import { MasterKey } from '../../platform/crypto/master-key.ts'
import { openDatabase, openPool } from '../../platform/database/database.ts'
import {
  createTestDatabase,
  databaseUrl,
  dropTestDatabase,
} from '../../platform/database/embedded/testing.ts'
import { appUrl } from '../../platform/database/roles.ts'
import type { CommandContract, QueryContract } from '../../platform/http/contract.ts'
import { newId } from '../../platform/ids/uuid.ts'
import { createProgram, type Program } from '../program.ts'
import { slices } from '../slices.ts'
import { TEST_PASSWORD } from './database-setup.ts'

export interface World extends Program {
  clock: HandClock
  /** The program's login, as the program uses it. */
  programUrl: string
  ownerUrl: string
  /** A person with these roles, made anew on each call; the name says who it is in failures. */
  person(name: string, ...roles: Role[]): Promise<Actor>
  /** Runs a command to its answer; a refusal is thrown. */
  run<C extends CommandContract>(
    actor: Actor,
    command: Command<C>,
    input: z.input<C['input']>,
    key?: string,
  ): Promise<CommandAnswer<z.output<C['output']>>>
  /** The answer's body of a command which is expected to run at once. */
  done<C extends CommandContract>(
    actor: Actor,
    command: Command<C>,
    input: z.input<C['input']>,
  ): Promise<z.output<C['output']>>
  /** The codes with which a command is refused; fails the test when it is not. */
  refused(attempt: Promise<unknown>): Promise<string[]>
  /** Asks a query as an actor, through its route's own function. */
  ask<I extends z.ZodObject, O extends z.ZodType>(
    actor: Actor,
    contract: QueryContract<I, O>,
    input: z.input<I>,
  ): Promise<z.output<O>>
  verbsOf(subjectId: string): Promise<string[]>
  server(): Promise<FastifyInstance>
}

export const TEST_NOW = new Date('2026-11-24T10:00:00+09:00')

/** A fresh database and the whole program over it; call in beforeAll and `close` in afterAll. */
export async function createWorld(): Promise<World> {
  const server = inject('ownerUrl')
  const name = `daicho_test_${randomUUID().replaceAll('-', '')}`
  const ownerUrl = await createTestDatabase(server, inject('template'), name)
  const programUrl = appUrl(databaseUrl(server, name), TEST_PASSWORD, inject('login'))
  const dataDir = mkdtempSync(join(tmpdir(), 'daicho-world-'))
  const clock = new HandClock(TEST_NOW)
  const config = readConfig({ DAICHO_DATA: dataDir, DAICHO_LOG: 'silent' }, 'demo')
  const master = new MasterKey(Buffer.alloc(32, 7))
  const program = createProgram({
    databaseUrl: programUrl,
    config,
    master,
    clock,
    poolSize: 12,
    log: () => {},
  })
  const owner = openDatabase(openPool({ url: ownerUrl, max: 2, name: 'daicho test owner' }))
  let http: FastifyInstance | null = null
  const routes = slices.flatMap(slice => slice.routes(program))

  const run: World['run'] = (actor, command, input, key = randomUUID()) =>
    program.executor.execute(command, actor, input, { key, requestId: 'test' })

  return {
    ...program,
    clock,
    programUrl,
    ownerUrl,
    run,
    async person(displayName, ...roles) {
      const id = newId()
      await program.db.transaction().execute(async tx => {
        const at = clock.now().toISOString()
        const email = `${id}@test.example`
        await sql`insert into auth."user" (id, name, email, email_verified) values (${id}, ${displayName}, ${email}, true)`.execute(
          tx,
        )
        await tx
          .insertInto('staff_member')
          .values({ id, display_name: displayName, email, registered_at: at })
          .execute()
        for (const role of roles)
          await tx
            .insertInto('role_grant')
            .values({
              id: newId(),
              staff_id: id,
              role,
              valid_from: '2026-01-01',
              valid_to: role === 'contractor' ? '2027-12-31' : null,
              granted_by: systemActor('setup', []).id,
              granted_at: at,
            })
            .execute()
        await program.executor.context(tx, systemActor('setup', program.permissions), 'test').record({
          verb: 'test_person_made',
          subjects: [{ kind: 'staff', id }],
        })
      })
      return actorOf(id, displayName, roles, program.permissions)
    },
    async done(actor, command, input) {
      const answer = await run(actor, command, input)
      if (answer.status !== 200)
        throw new Error(`${command.contract.name} waits for a second person: ${JSON.stringify(answer.body)}`)
      return answer.body
    },
    async refused(attempt) {
      try {
        await attempt
      } catch (error) {
        if (error instanceof Refusal) return error.reasons.map(reason => reason.code)
        throw error
      }
      throw new Error('the command was expected to be refused, and ran')
    },
    async ask(actor, contract, input) {
      const route = routes.find(candidate => candidate.contract.name === contract.name)
      if (route?.kind !== 'query') throw new Error(`no query is called ${contract.name}`)
      const now = clock.now()
      const context = { db: program.db, actor, now, today: now.toISOString().slice(0, 10), requestId: 'test' }
      const answer = await route.answer(context, contract.input.parse(input) as never)
      if (!('body' in answer)) throw new Error(`${contract.name} answers with a file`)
      return contract.output.parse(answer.body)
    },
    async verbsOf(subjectId) {
      const rows = await program.db
        .selectFrom('audit_event_subject as s')
        .innerJoin('audit_event as e', 'e.id', 's.event_id')
        .select('e.verb')
        .where('s.subject_id', '=', subjectId)
        .orderBy('e.id')
        .execute()
      return rows.map(row => row.verb)
    },
    async server() {
      http ??= await (await import('../server.ts')).createServer(program, null)
      return http
    },
    async close() {
      await http?.close()
      await program.close()
      await owner.destroy()
      await dropTestDatabase(server, name)
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export type { AnyCommand }
