import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { imports } from './index.ts'
import { listSources, printSources } from './source-contract.ts'
import { changeOfSource, record } from './sources.ts'
import { Drive } from './testing/drive.ts'

let world: World
let operations: Actor
let drive: Drive

beforeAll(async () => {
  world = await createWorld()
  operations = await world.person('事務', 'operations')
  drive = new Drive(world, operations, await world.person('決裁', 'approver'))
})
afterAll(() => world.close())

const given = {
  name: '営業1課の顧客台帳.xlsx',
  owner: '営業1課 佐藤',
  medium: 'excel' as const,
  place: '共有フォルダ',
  rowCount: 2,
  periodFrom: '2015-04-01',
  periodTo: '2026-10-31',
  sensitive: true,
  target: 'customers' as const,
  status: 'found' as const,
  note: null,
}

describe('a source of the move', () => {
  it('is listed with the imports that brought it, how far they came, and who recorded it', async () => {
    const batchId = await drive.taken('管理番号,法人名\nA1,株式会社移行甲\nA2,\n', {}, 'customers')
    const { id, sourceNo } = await world.done(operations, record, given)
    expect(sourceNo).toMatch(/^Q-\d{6}$/)
    await world.done(operations, changeOfSource, {
      sourceId: id,
      rowVersion: 1,
      ...given,
      status: 'moved',
      batchIds: [batchId, batchId],
    })
    const { sources } = await world.ask(operations, listSources, {})
    expect(sources).toMatchObject([
      {
        id,
        name: given.name,
        status: 'moved',
        sensitive: true,
        rowCount: 2,
        batches: [{ id: batchId, state: 'applied', rows: 2, taken: 1, refused: 1 }],
        recordedBy: '事務',
      },
    ])
    expect(await world.verbsOf(id)).toEqual(['migration_source_recorded', 'migration_source_changed'])
  })

  it('is refused when its period runs backwards, nothing says why it is left out, or its import is unknown', async () => {
    const refusedWith = (more: object) => world.refused(world.done(operations, record, { ...given, ...more }))
    expect(await refusedWith({ periodTo: '2010-01-01' })).toEqual(['period_must_be_forward'])
    expect(await refusedWith({ status: 'left_out', note: '不要' })).toEqual([
      'reason_for_leaving_out_must_be_given',
    ])
    expect(await refusedWith({ batchIds: ['00000000-0000-7000-8000-000000000009'] })).toEqual([
      'imports_must_exist',
    ])
    const auditor = await world.person('監査', 'auditor')
    expect(await world.refused(world.done(auditor, record, given))).toEqual(['permission_must_be_held'])
  })

  it('keeps what somebody else changed meanwhile', async () => {
    const { id } = await world.done(operations, record, { ...given, name: '紙の台帳', medium: 'paper' })
    await world.done(operations, changeOfSource, {
      sourceId: id,
      rowVersion: 1,
      ...given,
      status: 'surveyed',
    })
    const late = world.done(operations, changeOfSource, { sourceId: id, rowVersion: 1, ...given })
    expect(await world.refused(late)).toEqual(['record_must_be_unchanged'])
  })

  it('is printed as an A4 sheet', async () => {
    const route = imports.routes(world).find(one => one.contract.name === printSources.name)
    if (route?.kind !== 'query') throw new Error('no print')
    const now = world.clock.now()
    const context = { db: world.db, actor: operations, now, today: '2026-11-24', requestId: 'test' }
    const answer = await route.answer(context, {} as never)
    if (!('file' in answer)) throw new Error('no file')
    expect((answer.file.content as Buffer).subarray(0, 5).toString()).toBe('%PDF-')
    expect((answer.file.content as Buffer).toString('latin1')).toContain('/MediaBox [0 0 841.89 595.28]')
  })
})
