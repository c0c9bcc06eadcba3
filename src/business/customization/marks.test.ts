import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { register } from '../parties/commands/register-party.ts'
import { listParties, openParty } from '../parties/contract.ts'
import { changeFormLayout, resetFormLayout } from './commands/layout.ts'
import {
  changeOneMark,
  defineNewMark,
  orderAllMarks,
  restoreOneMark,
  retireOneMark,
  setRecordMarks,
} from './commands/marks.ts'
import { readLayout } from './layout-contract.ts'
import { listMarks, marksOfRecord } from './mark-contract.ts'

let world: World
let administrator: Actor
let sales: Actor
let serial = 0

beforeAll(async () => {
  world = await createWorld()
  administrator = await world.person('管理 一郎', 'administrator')
  sales = await world.person('営業 花子', 'sales')
})
afterAll(() => world.close())

const party = async () =>
  (await world.done(sales, register, { partyKind: 'corporation', legalName: `印付け商事${++serial}` })).id

const defined = async (markKind: 'status' | 'tag', more: object = {}) =>
  (
    await world.done(administrator, defineNewMark, {
      recordKind: 'party',
      markKind,
      label: `印${++serial}`,
      colour: 'blue',
      ...more,
    })
  ).id

const set = (recordId: string, statusId: string | null, tagIds: string[], more: object = {}) =>
  world.run(sales, setRecordMarks, { recordKind: 'party', recordId, statusId, tagIds, ...more })

const labelsOf = async (partyId: string) =>
  (await world.ask(sales, openParty, { partyId })).marks.map(mark => mark.label)

describe('statuses and tags', () => {
  it('are defined by administrators, unique by name, and listed in their order', async () => {
    const one = await defined('status', { label: '重点管理' })
    const two = await defined('status', { label: '書類待ち' })
    await defined('tag', { label: '重点管理' })
    const again = world.run(administrator, defineNewMark, {
      recordKind: 'party',
      markKind: 'status',
      label: '重点 管理',
      colour: 'red',
    })
    expect(await world.refused(again)).toEqual(['mark_label_must_be_unique'])
    const bySales = world.run(sales, defineNewMark, {
      recordKind: 'party',
      markKind: 'tag',
      label: '勝手',
      colour: 'red',
    })
    expect(await world.refused(bySales)).toEqual(['permission_must_be_held'])
    const partly = world.run(administrator, orderAllMarks, {
      recordKind: 'party',
      markKind: 'status',
      markIds: [two],
    })
    expect(await world.refused(partly)).toEqual(['order_must_name_every_mark'])
    await world.done(administrator, orderAllMarks, {
      recordKind: 'party',
      markKind: 'status',
      markIds: [two, one],
    })
    const { marks } = await world.ask(sales, listMarks, { recordKind: 'party' })
    expect(marks.filter(mark => mark.markKind === 'status').map(mark => mark.label)).toEqual([
      '書類待ち',
      '重点管理',
    ])
  })

  it('stand on a record, one status and many tags, filter the list, and leave an event each time', async () => {
    const [status, other, tag, second] = [
      await defined('status'),
      await defined('status'),
      await defined('tag'),
      await defined('tag'),
    ]
    const id = await party()
    await set(id, status, [tag])
    await set(id, other, [tag, second])
    const { marks } = await world.ask(sales, marksOfRecord, { recordKind: 'party', recordId: id })
    expect(marks.map(mark => mark.id)).toEqual([other, tag, second])
    const found = await world.ask(sales, listParties, { mark: [second] })
    expect(found.rows.map(row => [row.id, row.marks.map(mark => mark.id)])).toEqual([
      [id, [other, tag, second]],
    ])
    expect((await world.ask(sales, listParties, { mark: [status] })).rows).toEqual([])
    expect(await world.refused(set(id, other, [second, tag]))).toEqual(['something_must_change'])
    expect((await world.verbsOf(id)).filter(verb => verb === 'record_marks_changed')).toHaveLength(2)
  })

  it('ask for a reason where the status demands one, when it is newly set', async () => {
    const grave = await defined('status', { needsReason: true, colour: 'red' })
    const tag = await defined('tag')
    const id = await party()
    expect(await world.refused(set(id, grave, []))).toEqual(['mark_needs_a_reason'])
    await set(id, grave, [], { reason: '支払の遅れが続くため' })
    expect((await set(id, grave, [tag])).status).toBe(200)
  })

  it('of another kind, retired ones and a tag in the place of the status are refused', async () => {
    const ofContract = await defined('tag', { recordKind: 'contract' })
    const tag = await defined('tag')
    const old = await defined('tag')
    const id = await party()
    const kept = await party()
    await set(kept, null, [old])
    await world.done(administrator, retireOneMark, { markId: old, rowVersion: 1, reason: '使わなくなった' })
    for (const attempt of [
      () => set(id, null, [ofContract]),
      () => set(id, tag, []),
      () => set(id, null, [old]),
    ])
      expect(await world.refused(attempt())).toEqual(['mark_must_be_of_the_kind'])
    expect(await labelsOf(kept)).toHaveLength(1)
    expect((await set(kept, null, [old, tag])).status).toBe(200)
    await world.done(administrator, restoreOneMark, { markId: old, rowVersion: 2 })
    expect((await set(id, null, [old])).status).toBe(200)
  })

  it('change their name and colour everywhere at once', async () => {
    const id = await party()
    const tag = await defined('tag')
    await set(id, null, [tag])
    await world.done(administrator, changeOneMark, {
      markId: tag,
      rowVersion: 1,
      label: '新しい名前',
      colour: 'green',
    })
    expect(await labelsOf(id)).toEqual(['新しい名前'])
  })
})

describe('the order of a form', () => {
  const sections = [{ key: 'own1', title: '最初に聞くこと', fields: ['phone', 'corporateNumber'] }]
  const change = (rowVersion: number, given: object[], who = administrator) =>
    world.run(who, changeFormLayout, { recordKind: 'party', rowVersion, sections: given as never })

  it('is kept for the company, versioned, and put back', async () => {
    const read = () => world.ask(sales, readLayout, { recordKind: 'party' })
    expect(await read()).toMatchObject({ rowVersion: 0, sections: null })
    await change(0, sections)
    expect(await read()).toMatchObject({ rowVersion: 1, sections })
    expect(await world.refused(change(0, sections))).toEqual(['record_must_be_unchanged'])
    await world.done(administrator, resetFormLayout, { recordKind: 'party', rowVersion: 1 })
    expect(await read()).toMatchObject({ rowVersion: 2, sections: null })
    const again = world.run(administrator, resetFormLayout, { recordKind: 'party', rowVersion: 2 })
    expect(await world.refused(again)).toEqual(['layout_must_differ'])
  })

  it('refuses unknown fields, fields in two places, and headings of the same name', async () => {
    const { rowVersion } = await world.ask(sales, readLayout, { recordKind: 'party' })
    const codes = (given: object[]) => world.refused(change(rowVersion, given))
    expect(await codes([{ key: 'a', title: '甲', fields: ['nothing'] }])).toEqual(['fields_must_be_known'])
    const twice = [
      { key: 'a', title: '甲', fields: ['phone'] },
      { key: 'b', title: '甲', fields: ['phone'] },
    ]
    expect(await codes(twice)).toEqual(['sections_must_differ', 'fields_must_stand_once'])
    expect(await world.refused(change(rowVersion, sections, sales))).toEqual(['permission_must_be_held'])
  })
})
