import type { z } from 'zod'
import type { Actor } from '../commands/actor.ts'
import type { AnyCommand } from '../commands/command.ts'
import type { Db } from '../database/database.ts'
import type { IsoDate } from '../dates/iso-date.ts'
import type { Contract, QueryContract } from './contract.ts'

/** What a query may use. Reads are scoped by the actor inside the SQL. */
export interface QueryContext {
  db: Db
  actor: Actor
  now: Date
  today: IsoDate
  requestId: string
}

/** The rows, and the short numbers of every record the answer shows; without them the compiler refuses the handler. */
export interface Seen<O> {
  body: O
  seen: number[]
  /** The question as it goes into the view record, when it holds personal values which must not stand there in the clear. */
  loggedQuery?: Record<string, string>
}

/** A file instead of JSON; its sight is recorded like any other before the first byte leaves. */
export interface FileAnswer {
  file: { name: string; mime: string; content: Buffer | NodeJS.ReadableStream; inline?: boolean }
  seen: number[]
}

export type Route =
  | { kind: 'command'; contract: Contract; command: AnyCommand }
  | {
      kind: 'query'
      contract: Contract
      answer: (context: QueryContext, input: never) => Promise<Seen<unknown> | FileAnswer>
    }

export function answerQuery<I extends z.ZodObject, O extends z.ZodType>(
  contract: QueryContract<I, O>,
  answer: (context: QueryContext, input: z.output<I>) => Promise<Seen<z.input<O>>>,
): Route {
  return { kind: 'query', contract: contract as unknown as Contract, answer: answer as never }
}

/** A query which answers with a file (export, download). */
export function answerFile<I extends z.ZodObject>(
  contract: QueryContract<I>,
  answer: (context: QueryContext, input: z.output<I>) => Promise<FileAnswer>,
): Route {
  return { kind: 'query', contract: contract as unknown as Contract, answer: answer as never }
}

export function runCommand(command: AnyCommand): Route {
  return { kind: 'command', contract: command.contract, command }
}
