import iconv from 'iconv-lite'
import JSZip from 'jszip'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { load } from './commands.ts'
import { listLoads } from './contract.ts'
import { lookUpCompany } from './look-up.ts'
import { changeSetting, connectionTo, readSettings } from './settings.ts'
import { readAnswer } from './sources/corporate-number-api.ts'
import { readGbiz } from './sources/gbizinfo-api.ts'
import { qualifiedOn, readIssuer } from './sources/invoice-issuer-api.ts'
import { publishedRow, type Stub, startStub } from './testing/stub-registers.ts'

const NTA = '7000012050002'
const TAKAHASHI = '9999999999999'

let world: World
let operations: Actor
let administrator: Actor
let stub: Stub
beforeAll(async () => {
  world = await createWorld()
  operations = await world.person('事務', 'operations')
  administrator = await world.person('管理', 'administrator')
  stub = await startStub()
})
afterAll(async () => {
  await stub.close()
  await world.close()
})

const base64 = (bytes: Buffer | string) => Buffer.from(bytes as string).toString('base64')
const loading = (fileName: string, bytes: Buffer | string) => ({ fileName, contentBase64: base64(bytes) })
const local = (question: { number?: string; name?: string }) =>
  lookUpCompany(
    { db: world.db, keys: world.keys, allowedHosts: [stub.host] },
    { ...question, day: '2026-11-24' },
  )

describe('the published file of corporate numbers', () => {
  it('is read in Shift_JIS; a broken row is reported with line and column, past states are left out', async () => {
    const text = [
      publishedRow({ number: NTA, name: '国税庁', kana: 'コクゼイチョウ' }, 1),
      publishedRow({ number: '7000012050003', name: '番号違い' }, 2),
      publishedRow(
        { number: TAKAHASHI, name: '株式会社高橋製作所', kana: 'タカハシセイサクショ', latest: '1' },
        3,
      ),
      publishedRow({ number: TAKAHASHI, name: '株式会社旧高橋', latest: '0' }, 4),
      publishedRow({ number: '8000000000001', name: '日付違い株式会社', updatedOn: '2026-02-30' }, 5),
    ].join('\r\n')
    const counts = await world.done(operations, load, loading('13_tokyo.csv', iconv.encode(text, 'cp932')))
    expect(counts).toMatchObject({ rows: 5, added: 2, changed: 0, past: 1, problems: 2 })
    const { rows } = await world.ask(operations, listLoads, {})
    expect(rows[0]?.problemRows).toEqual([
      { line: 2, column: 'corporateNumber', message: expect.stringContaining('7000012050003') },
      { line: 5, column: 'updateDate', message: expect.stringContaining('2026-02-30') },
    ])
    expect(await world.verbsOf(counts.id)).toEqual(['register_loaded'])
  })

  it('in a ZIP brings changes; an older file read later changes nothing back', async () => {
    const zip = new JSZip()
    zip.file('readme.txt', 'x')
    zip.file(
      'diff.csv',
      publishedRow({ number: TAKAHASHI, name: '株式会社タカハシ', process: '11', updatedOn: '2026-11-01' }),
    )
    const newer = await zip.generateAsync({ type: 'nodebuffer' })
    expect(await world.done(operations, load, loading('diff.zip', newer))).toMatchObject({
      added: 0,
      changed: 1,
    })
    const older = publishedRow({ number: TAKAHASHI, name: '株式会社古い名', updatedOn: '2026-09-01' })
    expect(await world.done(operations, load, loading('old.csv', older))).toMatchObject({
      added: 0,
      changed: 0,
    })
    const { companies } = await local({ number: TAKAHASHI })
    expect(companies.map(one => one.name)).toEqual(['株式会社タカハシ'])
  })

  it.for([
    ['an empty file', Buffer.alloc(0), 'file_must_be_readable'],
    ['a file of other columns', Buffer.from('a,b,c\n1,2,3\n'), 'file_must_hold_entries'],
    ['a broken ZIP', Buffer.from('PK\x03\x04 not a zip'), 'file_must_be_readable'],
    ['an open quote', Buffer.from('"1","7000012050002'), 'file_must_be_readable'],
  ] as const)('%s is refused and nothing is kept', async ([, bytes, code]) => {
    const before = (await world.ask(operations, listLoads, {})).rows.length
    expect(await world.refused(world.run(operations, load, loading('bad.csv', bytes)))).toEqual([code])
    expect((await world.ask(operations, listLoads, {})).rows).toHaveLength(before)
  })
})

describe('a look-up', () => {
  it('finds by number with or without T and hyphens, and by name whatever the legal form and spelling', async () => {
    for (const number of [NTA, 'T7000012050002', '7000-0120-50002', '７００００１２０５０００２'])
      expect((await local({ number })).companies[0]?.name).toBe('国税庁')
    for (const name of ['タカハシ', '(株)タカハシ', 'ﾀｶﾊｼ株式会社'])
      expect((await local({ name })).companies.map(one => one.corporateNumber)).toEqual([TAKAHASHI])
  })

  it('says what was not asked, and why, when nothing is switched on', async () => {
    const { asked, companies } = await local({ number: NTA })
    expect(companies[0]).toMatchObject({ from: 'reference', address: '東京都千代田区丸の内１丁目１番１号' })
    expect(asked.map(one => [one.source, one.why])).toEqual([
      ['reference', null],
      ['corporate_number', 'switched_off'],
      ['invoice_issuer', 'switched_off'],
      ['gbizinfo', 'switched_off'],
    ])
  })
})

describe('the settings', () => {
  const setting = (source: 'corporate_number' | 'invoice_issuer' | 'gbizinfo', more: object = {}) => ({
    source,
    rowVersion: 0,
    enabled: true,
    baseUrl: `${stub.baseUrl}/${source === 'gbizinfo' ? 'hojin/v2/hojin' : source}`,
    key: `secret-key-${source}`,
    ...more,
  })

  it('refuse plain HTTP to other machines, and switching on without a key', async () => {
    const attempt = (more: object) =>
      world.refused(world.run(administrator, changeSetting, setting('corporate_number', more)))
    expect(await attempt({ baseUrl: 'http://api.example.jp/4' })).toEqual(['address_must_be_an_address'])
    expect(await attempt({ baseUrl: 'file:///etc/passwd' })).toEqual(['address_must_be_an_address'])
    expect(await attempt({ key: undefined })).toEqual(['key_must_be_given'])
    expect(await world.refused(world.run(operations, changeSetting, setting('gbizinfo')))).toEqual([
      'permission_must_be_held',
    ])
  })

  it('keep the key sealed; a host that is not allowed is not asked', async () => {
    for (const source of ['corporate_number', 'invoice_issuer', 'gbizinfo'] as const)
      await world.done(administrator, changeSetting, setting(source))
    const stored = await world.db.selectFrom('register_setting').select(['key_sealed', 'key_last']).execute()
    for (const row of stored) {
      expect(row.key_sealed).toMatch(/^enc1\./)
      expect(row.key_last).toHaveLength(4)
    }
    const events = await world.db.selectFrom('audit_event').select('canonical_text').execute()
    expect(events.filter(event => event.canonical_text.includes('secret-key'))).toEqual([])
    const [first] = await readSettings(world.db, [])
    expect(first).toMatchObject({ enabled: true, hostAllowed: false, keyLast: 'mber' })
    expect(await connectionTo(world.db, world.keys, 'gbizinfo', ['api.info.gbiz.go.jp'])).toEqual({
      ok: false,
      why: 'host_not_allowed',
    })
  })
})

describe('asked over the network', () => {
  const header = (count: number) => `2026-11-20,${count},1,1\n`
  const issuer = (more: object = {}) =>
    JSON.stringify({
      lastUpdateDate: '2026-11-20',
      count: '1',
      announcement: [
        {
          registratedNumber: 'T7010705000725',
          process: '01',
          kind: '2',
          registrationDate: '2023-10-01',
          name: '照会商事株式会社',
          ...more,
        },
      ],
    })

  it('the three registers answer one question together', async () => {
    stub.answer(
      '/corporate_number/num',
      200,
      header(1) + publishedRow({ number: '7010705000725', name: '照会商事株式会社' }),
    )
    stub.answer('/invoice_issuer/num', 200, issuer())
    stub.answer(
      '/hojin/v2/hojin/7010705000725',
      200,
      JSON.stringify({
        'hojin-infos': [
          {
            corporate_number: '7010705000725',
            representative_name: '照会 太郎',
            capital_stock: 10000000,
            employee_number: 'Null',
            company_url: '-',
            date_of_establishment: '2001-04-01T00:00:00',
          },
        ],
      }),
    )
    const answer = await local({ number: 'T7010705000725' })
    expect(answer.companies).toMatchObject([{ name: '照会商事株式会社', from: 'web' }])
    expect(answer.invoice).toMatchObject({ state: 'qualified', registeredOn: '2023-10-01' })
    expect(answer.gbiz).toMatchObject({
      representativeName: '照会 太郎',
      capitalYen: 10_000_000,
      employees: null,
      website: null,
      establishedOn: '2001-04-01',
    })
    expect(answer.asked.map(one => one.why)).toEqual([null, null, null, null])
    expect(stub.asked.find(one => one.path.startsWith('/hojin'))?.token).toBe('secret-key-gbizinfo')
    expect(stub.asked.find(one => one.path.startsWith('/corporate_number'))?.path).toContain(
      'id=secret-key-corporate_number',
    )
  })

  it('a register that fails is said to be unchecked, and the others still answer', async () => {
    stub.answer('/corporate_number/num', 500, 'down')
    stub.answer('/invoice_issuer/num', 200, '<html>maintenance</html>')
    const answer = await local({ number: NTA })
    expect(answer.companies.map(one => one.name)).toEqual(['国税庁'])
    expect(Object.fromEntries(answer.asked.map(one => [one.source, one.why]))).toEqual({
      reference: null,
      corporate_number: 'unreachable',
      invoice_issuer: 'unreadable',
      gbizinfo: null,
    })
  })
})

describe('an answer', () => {
  it('of the corporate-number interface needs its head line and 30 columns', () => {
    expect(readAnswer('2026-11-20,0,1,0\n')).toEqual({ ok: true, value: { entries: [], parts: 1 } })
    expect(readAnswer('x')).toEqual({ ok: false, why: 'unreadable' })
    expect(readAnswer('2026-11-20,1,1,1\n"1","2"')).toEqual({ ok: false, why: 'unreadable' })
  })

  it('without the number means not registered', () => {
    expect(readIssuer('{"announcement":[]}', 'T7000012050002')).toEqual({ ok: true, value: null })
    expect(readGbiz('', NTA)).toEqual({ ok: true, value: null })
    expect(readGbiz('{"hojin-infos":null}', NTA)).toEqual({ ok: true, value: null })
  })

  // JR §1.2, table of cases at 2026-08-03.
  it.for([
    [{ registeredOn: '2026-08-03' }, 'qualified'],
    [{ registeredOn: '2026-08-04' }, 'not_yet'],
    [{ expiredOn: '2026-08-03' }, 'expired'],
    [{ expiredOn: '2026-08-04' }, 'qualified'],
    [{ cancelledOn: '2026-08-03' }, 'cancelled'],
    [{ process: '99' }, 'not_registered'],
  ] as const)('of an issuer with %j is %s', ([more, state]) => {
    const issuer = {
      registeredNumber: 'T7123456789012',
      kind: '2' as const,
      process: '01',
      registeredOn: '2023-10-01',
      cancelledOn: null,
      expiredOn: null,
      updatedOn: null,
      name: null,
      address: null,
      tradeName: null,
      ...more,
    }
    expect(qualifiedOn(issuer, '2026-08-03')).toBe(state)
  })
})
