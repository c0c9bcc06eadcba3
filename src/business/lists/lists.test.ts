import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { approve } from '../approvals/commands.ts'
import { openChangeRequest } from '../approvals/contract.ts'
import { registerManyParties, registerPartyCommand } from '../parties/index.ts'
import { csvOf, safeText } from './cells.ts'
import { discard, keep, remove, request } from './commands.ts'
import { describeList, downloadExport, listExports, listViews, openExport } from './contract.ts'
import { lists } from './index.ts'
import { expireExports, exportUntilIdle, KEPT_DAYS } from './jobs.ts'
import { mayExport } from './rows.ts'

let world: World
let sales: Actor
let manager: Actor
let otherManager: Actor

const change = { reasonCode: 'system' as const, reasonText: '月次の確認に使う', evidence: [] }
const basics = { partyKind: 'corporation' as const, roles: ['client' as const] }

beforeAll(async () => {
  world = await createWorld()
  sales = await world.person('営業 一郎', 'sales')
  manager = await world.person('管理 太郎', 'manager')
  otherManager = await world.person('管理 次郎', 'manager')
  await world.done(sales, registerPartyCommand, {
    ...basics,
    legalName: '=HYPERLINK("http://evil.example")株式会社',
    tradeName: '@屋号',
  })
  await world.done(sales, registerPartyCommand, {
    ...basics,
    legalName: '株式会社青空',
    legalNameKana: 'アオゾラ',
  })
})
afterAll(() => world.close())

async function fileOf(actor: Actor, exportId: string) {
  const route = lists.routes(world).find(one => one.contract.name === downloadExport.name)
  if (route?.kind !== 'query') throw new Error('no download')
  const now = world.clock.now()
  const context = { db: world.db, actor, now, today: '2026-11-24', requestId: 'test' }
  const answer = await route.answer(context, { exportId } as never)
  if (!('file' in answer)) throw new Error('no file')
  return { name: answer.file.name, content: answer.file.content as Buffer, seen: answer.seen }
}

async function exported(actor: Actor, more: object = {}) {
  const { id } = await world.done(actor, request, {
    list: 'parties.client',
    format: 'csv',
    columns: ['partyNo', 'legalName', 'tradeName'],
    filters: {},
    change,
    ...more,
  })
  await exportUntilIdle(world)
  return id
}

describe('a cell that a spreadsheet would compute', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+81-3-1234', "'+81-3-1234"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['＝１', "'＝１"],
    ['-cmd|x', "'-cmd|x"],
    ['-1,200', '-1,200'],
    ['株式会社=甲', '株式会社=甲'],
  ])('%s leaves as %s', (text, safe) => expect(safeText(text)).toBe(safe))

  it('stays one cell when it holds commas, quotes and lines', () => {
    const text = csvOf(['a', 'b'], [['x,"y"', 'p\nq']]).toString('utf8')
    expect(text).toBe('\ufeffa,b\r\n"x,""y""","p\nq"\r\n')
  })
})

describe('an export', () => {
  it('holds the chosen columns of the list as the person sees it, formula-safe, and says which records it shows', async () => {
    const id = await exported(sales)
    const { name, content, seen } = await fileOf(sales, id)
    expect(name).toMatch(/^顧客_2026-11-24_X-\d+\.csv$/)
    const lines = content.toString('utf8').replace('\ufeff', '').trim().split('\r\n')
    expect(lines[0]).toBe('番号,名称,屋号・通称')
    expect(lines).toHaveLength(3)
    expect(lines.find(line => line.includes('HYPERLINK'))).toMatch(/^C-\d+,"'=HYPERLINK\(""http/)
    expect(lines.find(line => line.includes('屋号') && line.includes("'@"))).toBeDefined()
    const shown = await world.db.selectFrom('party').select('seen_no').execute()
    expect([...seen].sort()).toEqual(shown.map(row => row.seen_no).sort())
    expect(await world.verbsOf(id)).toEqual(['list_export_requested', 'list_exported'])
  })

  it('obeys the conditions, and opens as a workbook whose texts are texts', async () => {
    const id = await exported(sales, { format: 'xlsx', filters: { stage: ['prospect'], pref: '東京都' } })
    const none = new ExcelJS.Workbook()
    await none.xlsx.load((await fileOf(sales, id)).content as never)
    expect(none.worksheets[0]!.rowCount).toBe(1)
    const all = new ExcelJS.Workbook()
    await all.xlsx.load((await fileOf(sales, await exported(sales, { format: 'xlsx' }))).content as never)
    const values = all.worksheets[0]!.getColumn(2).values as unknown[]
    expect(values.slice(1)).toContain('\'=HYPERLINK("http://evil.example")株式会社')
    expect(values.every(value => value === undefined || typeof value === 'string')).toBe(true)
  })

  it('is refused for lists and columns nobody knows, and lists one may not read', async () => {
    expect(await world.refused(exported(sales, { list: 'parties.secret' }))).toEqual(['list_must_be_known'])
    expect(await world.refused(exported(sales, { columns: ['birthDate'] }))).toEqual([
      'columns_must_be_of_the_list',
    ])
    const clerk = await world.person('経理 花子', 'accounting')
    const unread = await world.refused(
      world.ask({ ...clerk, permissions: new Set(['lists.export']) }, describeList, {
        list: 'parties.client',
      }),
    )
    expect(unread).toEqual(['permission_must_be_held'])
  })

  it('is not for contractors and not for the auditor', async () => {
    for (const role of ['contractor', 'auditor'] as const) {
      const person = await world.person('持ち出し 不可', role)
      expect(await world.refused(exported(person))).toEqual(['permission_must_be_held'])
    }
  })

  it('goes to nobody but its maker, and to nobody after its last day or when discarded', async () => {
    const id = await exported(sales)
    expect(await world.refused(fileOf(manager, id))).toEqual(['export_must_be_own'])
    expect((await world.ask(manager, openExport, { exportId: id })).mine).toBe(false)
    const colleague = await world.person('営業 二郎', 'sales')
    expect(await world.refused(world.ask(colleague, openExport, { exportId: id }))).toEqual([
      'record_must_exist',
    ])
    expect(await world.refused(fileOf(colleague, id))).toEqual(['record_must_exist'])
    expect(await world.refused(world.run(colleague, discard, { exportId: id }))).toEqual([
      'record_must_exist',
    ])
    expect(await world.refused(world.run(manager, discard, { exportId: id }))).toEqual(['export_must_be_own'])
    const gone = await exported(sales)
    await world.done(sales, discard, { exportId: gone })
    expect(await world.refused(fileOf(sales, gone))).toEqual(['export_must_be_ready'])
    world.clock.set(new Date(world.clock.now().getTime() + KEPT_DAYS * 86_400_000))
    await expireExports(world)
    expect(await world.refused(fileOf(sales, id))).toEqual(['export_must_be_ready'])
    expect((await world.ask(sales, openExport, { exportId: id })).state).toBe('expired')
    const kept = await world.db.selectFrom('list_export_file').select('export_id').execute()
    expect(kept).toEqual([])
  })

  it('of more rows than the limit waits for a second person and is the maker’s afterwards', async () => {
    await world.db.transaction().execute(async tx => {
      const context = world.executor.context(tx, sales, 'test')
      const parties = Array.from({ length: 1000 }, (_, at) => ({
        input: { ...basics, legalName: `株式会社多数${at}` },
      }))
      await registerManyParties(context, parties as never)
    })
    const input = {
      list: 'parties.client',
      format: 'csv' as const,
      columns: ['partyNo'],
      filters: {},
      change,
    }
    const answer = await world.run(manager, request, input)
    expect(answer.status).toBe(202)
    const { changeRequestId } = answer.body as never as { changeRequestId: string }
    const approval = { changeRequestId, comment: '' }
    expect(await world.refused(world.run(manager, approve, approval))).not.toEqual([])
    expect((await world.ask(manager, listExports, {})).rows.filter(row => row.approvedBy)).toEqual([])
    await world.done(otherManager, approve, approval)
    await exportUntilIdle(world)
    const [row] = (await world.ask(manager, listExports, {})).rows
    expect(row).toMatchObject({
      state: 'ready',
      rowCount: 1002,
      mine: true,
      approvedBy: { name: '管理 次郎' },
    })
    expect((await fileOf(manager, row!.id)).content.toString('utf8').trim().split('\r\n')).toHaveLength(1003)
    expect(await world.refused(fileOf(otherManager, row!.id))).toEqual(['export_must_be_own'])
  })

  it('cut into slices counts as a whole: what one person takes out of one list within a day waits beyond the limit', async () => {
    const slicer = await world.person('切売 三郎', 'manager')
    await world.db.transaction().execute(async tx => {
      const context = world.executor.context(tx, slicer, 'test')
      const parties = Array.from({ length: 300 }, (_, at) => ({
        input: { ...basics, legalName: `株式会社自分担当${at}` },
      }))
      await registerManyParties(context, parties as never)
    })
    const mine = {
      list: 'parties.client',
      format: 'csv' as const,
      columns: ['partyNo'],
      filters: { mine: 'true' },
      change,
    }
    const taken = async () => (await world.ask(slicer, describeList, { list: 'parties.client' })).rowsTaken
    const first = await world.done(slicer, request, mine)
    expect(await taken()).toBe(300)
    await exportUntilIdle(world)
    expect((await world.ask(slicer, openExport, { exportId: first.id })).rowCount).toBe(300)
    // Three at the same moment: two fit, whichever they are, and the third waits.
    const answers = await Promise.all([1, 2, 3].map(() => world.run(slicer, request, mine)))
    expect(answers.map(answer => answer.status).sort()).toEqual([200, 200, 202])
    expect(await taken()).toBe(900)
    const waiting = answers.find(answer => answer.status === 202)!.body as never as {
      changeRequestId: string
    }
    const { items } = await world.ask(otherManager, openChangeRequest, waiting)
    expect(items.find(item => item.field === 'taken')).toMatchObject({ new: '900行' })
    await world.done(otherManager, approve, { ...waiting, comment: '' })
    expect(await taken()).toBe(900)
    const debtors = await world.ask(slicer, describeList, { list: 'parties.debtor' })
    expect(debtors.rowsTaken).toBe(900)
    expect(await world.ask(slicer, describeList, { list: 'receivables' })).toMatchObject({ rowsTaken: 0 })
    const before = world.clock.now()
    world.clock.set(new Date(before.getTime() + 25 * 3_600_000))
    expect(await taken()).toBe(0)
    expect((await world.run(slicer, request, mine)).status).toBe(200)
    world.clock.set(before)
    await exportUntilIdle(world)
  })

  it('is not made for somebody who has left meanwhile', async () => {
    const leaver = await world.person('退職 予定', 'operations')
    const input = {
      list: 'parties.debtor',
      format: 'csv' as const,
      columns: ['partyNo'],
      filters: {},
      change,
    }
    const { id } = await world.done(leaver, request, input)
    await world.db.transaction().execute(async tx => {
      await tx
        .updateTable('staff_member')
        .set({ left_at: world.clock.now().toISOString() })
        .where('id', '=', leaver.id)
        .execute()
      await world.executor.context(tx, manager, 'test').record({
        verb: 'test_person_left',
        subjects: [{ kind: 'staff', id: leaver.id }],
      })
    })
    await exportUntilIdle(world)
    const row = (await world.ask(manager, listExports, {})).rows.find(one => one.id === id)
    expect(row).toMatchObject({ state: 'failed', failure: '出力を依頼した人の権限がなくなりました。' })
  })

  it('is offered with columns of every list', async () => {
    const everybody = await world.person('全員 兼務', 'manager')
    for (const list of world.reading.lists) {
      if (!mayExport(list, everybody.permissions)) continue
      const { columns } = await world.ask(everybody, describeList, { list: list.key })
      expect(new Set(columns.map(column => column.key)).size, list.key).toBe(columns.length)
      const id = await exported(everybody, {
        list: list.key,
        columns: columns.map(column => column.key),
        filters: list.key === 'parties.client' ? { pref: '沖縄県' } : {},
      })
      expect(await world.ask(everybody, openExport, { exportId: id }), list.key).toMatchObject({
        state: 'ready',
        failure: null,
      })
    }
  })
})

describe('the trail, the staff and the sign-ins', () => {
  it('are taken out by the auditor, who takes no list of customers, and by nobody of the business', async () => {
    const auditor = await world.person('監査 一郎', 'auditor')
    for (const list of ['access.staff', 'access.signIns', 'audit.events']) {
      const { columns } = await world.ask(auditor, describeList, { list })
      const filters = list === 'audit.events' ? { verb: 'list_exported' } : {}
      const more = { list, columns: columns.map(column => column.key), filters }
      const id = await exported(auditor, more)
      expect(await world.ask(auditor, openExport, { exportId: id }), list).toMatchObject({ state: 'ready' })
      for (const person of [sales, manager])
        expect(await world.refused(exported(person, more)), list).toEqual(['permission_must_be_held'])
    }
    const whole = { list: 'audit.events', format: 'csv' as const, columns: ['at'], filters: {}, change }
    expect((await world.run(auditor, request, whole)).status).toBe(202)
    const administrator = await world.person('管理者', 'administrator')
    const staff = { list: 'access.staff', columns: ['name', 'roles'] }
    const id = await exported(administrator, staff)
    expect(String((await fileOf(administrator, id)).content)).toContain('氏名,役割')
    const trail = { list: 'audit.events', columns: ['at', 'verb'] }
    expect(await world.refused(exported(administrator, trail))).toEqual(['permission_must_be_held'])
    expect(await world.verbsOf(id)).toContain('list_exported')
  })
})

describe('a view kept by name', () => {
  const list = 'parties.client'
  const address = '/parties?stage=active'

  it('is seen by its owner alone until it is shared, and replaced under the same name', async () => {
    await world.done(sales, keep, { list, name: '取引中', address, columns: ['partyNo'] })
    const { id } = await world.done(sales, keep, { list, name: '取引中', address: '/parties?stage=prospect' })
    expect((await world.ask(sales, listViews, { list })).views).toMatchObject([
      { id, name: '取引中', address: '/parties?stage=prospect', shared: false, own: true },
    ])
    expect((await world.ask(manager, listViews, { list })).views).toEqual([])
    await world.done(sales, keep, { list, name: '全員用', address, shared: true })
    expect((await world.ask(manager, listViews, { list })).views).toMatchObject([
      { name: '全員用', shared: true, own: true, keptBy: '営業 一郎' },
    ])
    const colleague = await world.person('営業 三郎', 'sales')
    expect((await world.ask(colleague, listViews, { list })).views).toMatchObject([{ own: false }])
    expect(
      await world.refused(world.done(colleague, keep, { list, name: '全員用', address, shared: true })),
    ).toEqual(['view_name_must_be_free'])
  })

  it('is removed by its owner, and when shared by whoever oversees the lists', async () => {
    const { views } = await world.ask(sales, listViews, { list })
    const own = views.find(view => !view.shared)!
    const shared = views.find(view => view.shared)!
    const colleague = await world.person('営業 四郎', 'sales')
    expect(await world.refused(world.done(colleague, remove, { viewId: own.id }))).toEqual([
      'record_must_exist',
    ])
    expect(await world.refused(world.done(colleague, remove, { viewId: shared.id }))).toEqual([
      'view_must_be_own',
    ])
    await world.done(manager, remove, { viewId: shared.id })
    await world.done(sales, remove, { viewId: own.id })
    expect((await world.ask(sales, listViews, { list })).views).toEqual([])
  })

  it('leads nowhere but into the program', async () => {
    for (const bad of ['https://evil.example/', '//evil.example/', '/x y', 'javascript:alert(1)'])
      expect(await world.refused(world.done(sales, keep, { list, name: 'x', address: bad }))).toEqual([
        'input_must_have_the_right_shape',
      ])
  })
})
