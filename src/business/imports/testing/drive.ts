import { expect } from 'vitest'
import type { World } from '../../../app/testing/world.ts'
import type { Actor } from '../../../platform/commands/actor.ts'
import { approve } from '../../approvals/commands.ts'
import { apply, open, rehearse, revert } from '../commands.ts'
import { type Batch, type ImportRow, listImportRows, openImport } from '../contract.ts'
import { workUntilIdle } from '../jobs.ts'
import type { ImportKindName } from '../tables.ts'

export const change = { reasonCode: 'system' as const, reasonText: '旧システムの台帳を移行', evidence: [] }

export interface GivenFile {
  fileName: string
  bytes: Buffer
  sheet?: string
}

/** Drives imports as a maker and a checker would, each step to its end. */
export class Drive {
  readonly #world: World
  readonly #maker: Actor
  readonly #checker: Actor

  constructor(world: World, maker: Actor, checker: Actor) {
    this.#world = world
    this.#maker = maker
    this.#checker = checker
  }

  /** Opens a CSV text or a file and rehearses it under the guessed mapping; returns the batch's id. */
  async rehearsed(given: string | GivenFile, options: object = {}, kind?: ImportKindName): Promise<string> {
    const file: GivenFile =
      typeof given === 'string' ? { fileName: '台帳.csv', bytes: Buffer.from(given, 'utf8') } : given
    const { id } = await this.#world.done(this.#maker, open, {
      fileName: file.fileName,
      contentBase64: file.bytes.toString('base64'),
      sheet: file.sheet ?? null,
      kind,
    })
    const opened = await this.batch(id)
    if (kind) expect(opened.kind).toBe(kind)
    await this.#world.done(this.#maker, rehearse, { batchId: id, mapping: opened.mapping, options })
    await workUntilIdle(this.#world)
    expect((await this.batch(id)).state).toBe('rehearsed')
    return id
  }

  async decide(command: typeof apply | typeof revert, batchId: string): Promise<Batch> {
    const answer = await this.#world.run(this.#maker, command, { batchId, change })
    expect(answer.status).toBe(202)
    const { changeRequestId } = answer.body as never as { changeRequestId: string }
    await this.#world.done(this.#checker, approve, { changeRequestId, comment: '' })
    await workUntilIdle(this.#world)
    return this.batch(batchId)
  }

  /** Opens, rehearses, applies; returns the batch's id. */
  async taken(text: string | GivenFile, options: object = {}, kind?: ImportKindName): Promise<string> {
    const id = await this.rehearsed(text, options, kind)
    expect((await this.decide(apply, id)).state).toBe('applied')
    return id
  }

  async reverted(batchId: string): Promise<ImportRow[]> {
    expect((await this.decide(revert, batchId)).state).toBe('reverted')
    return this.rows(batchId)
  }

  batch(batchId: string): Promise<Batch> {
    return this.#world.ask(this.#maker, openImport, { batchId })
  }

  async rows(batchId: string): Promise<ImportRow[]> {
    return (await this.#world.ask(this.#maker, listImportRows, { batchId, limit: 200 })).rows
  }

  /** Each row's outcome with the codes and columns of its problems. */
  async outcomes(batchId: string): Promise<string[]> {
    return (await this.rows(batchId)).map(row =>
      [row.outcome, ...row.problems.map(problem => `${problem.code}@${problem.column ?? ''}`)].join(' '),
    )
  }
}
