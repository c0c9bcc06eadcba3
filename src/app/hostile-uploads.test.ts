import { deflateRawSync } from 'node:zlib'
import ExcelJS from 'exceljs'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '../business/access/index.ts'
import { createStaff } from '../business/access/staff.ts'
import { createWorld, TEST_NOW, type World } from './testing/world.ts'

/** Hostile files through the real HTTP API: every door is closed in words a clerk understands, and nothing is half written. */
let world: World
let app: FastifyInstance
let partyId: string
const cookies = new Map<Role, string>()
const PASSWORD = 'correct horse 12'

beforeAll(async () => {
  world = await createWorld()
  app = await world.server()
  for (const role of ['operations', 'accounting', 'compliance', 'sales'] as const) {
    const email = `${role}@example.co.jp`
    await world.db
      .transaction()
      .execute(tx =>
        createStaff(
          tx,
          TEST_NOW,
          { displayName: role, email, roles: [{ role, validTo: null }], password: PASSWORD },
          'setup',
        ),
      )
    const answer = await post(role, '/api/auth/sign-in/email', { email, password: PASSWORD })
    cookies.set(role, String([answer.headers['set-cookie']].flat()[0]).split(';')[0]!)
  }
  const registered = await post('sales', '/api/parties/register', {
    partyKind: 'corporation',
    legalName: '株式会社青葉',
    legalNameKana: 'アオバ',
    roles: ['client'],
  })
  expect(registered.statusCode, registered.body).toBe(200)
  partyId = registered.json().id
  await post('accounting', '/api/accounts/register', ownAccount)
}, 60_000)
afterAll(() => world.close())

const ownAccount = {
  partyId: null,
  usage: 'collection',
  bankCode: '0001',
  branchCode: '001',
  accountType: '1',
  accountNo: '7654321',
  holderKana: 'カ）ジシャ',
  holderName: '株式会社自社',
}

let serial = 0
function post(role: Role, url: string, payload: object) {
  serial += 1
  return app.inject({
    method: 'POST',
    url,
    headers: {
      'x-daicho-request': '1',
      'content-type': 'application/json',
      'idempotency-key': `hostile-upload-${serial}`,
      cookie: cookies.get(role) ?? '',
    },
    payload,
  })
}

/** Rows of every table, save those that must grow: the trail itself and who signed in. */
async function rowCounts(): Promise<Record<string, number>> {
  const { rows: tables } = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r'
      and c.relname !~ '^(audit_|view_event|sign_in_|session|schema_migration)'`.execute(world.db)
  const counts: Record<string, number> = {}
  for (const { name } of tables) {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(name)}`.execute(
      world.db,
    )
    counts[name] = rows[0]!.n
  }
  return counts
}

const utf8 = (text: string) => Buffer.from(text, 'utf8')
const base64 = (bytes: Buffer) => bytes.toString('base64')

/** One deflated entry whose headers tell the truth: 200 MiB of rows in some 200 KiB. */
function zipBomb(): Buffer {
  const names = ['xl/workbook.xml', 'xl/_rels/workbook.xml.rels', 'xl/worksheets/s1.xml']
  const contents = [
    utf8('<workbook xmlns:r="r"><sheets><sheet name="s1" sheetId="1" r:id="rId1"/></sheets></workbook>'),
    utf8('<Relationships><Relationship Id="rId1" Target="worksheets/s1.xml"/></Relationships>'),
    Buffer.concat([utf8('<worksheet><sheetData>'), Buffer.alloc(200 * 2 ** 20, '<row></row>')]),
  ]
  const [files, directory]: [Buffer[], Buffer[]] = [[], []]
  let offset = 0
  for (const [at, name] of names.entries()) {
    const packed = deflateRawSync(contents[at]!)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(contents[at]!.length, 22)
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(contents[at]!.length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(offset, 42)
    files.push(local, Buffer.from(name), packed)
    directory.push(entry, Buffer.from(name))
    offset += 30 + name.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(names.length, 8)
  end.writeUInt16LE(names.length, 10)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...files, ...directory, end])
}

const heading = '法人名,法人番号,電話番号'
const zenginHead = '1030000000011234567ｶ)ｼﾞｼﾔ'
const zengin = (...records: string[]) => Buffer.from(records.join('\r\n'), 'latin1')
// Written in parts, so that the source itself is not taken for the test file of virus scanners.
const eicar = `X5O!P%@AP[4\\PZX54(P^)7CC)7}$${'EICAR'}-STANDARD-ANTIVIRUS-${'TEST-FILE'}!$H+H*`

/** Where in the file the refusal must point: a line, a column, or nothing (the file as a whole). */
type Place = 'line' | 'file'
const hostile: [what: string, name: string, bytes: () => Buffer | Promise<Buffer>, place: Place][] = [
  ['nothing at all', '空.csv', () => Buffer.alloc(0), 'file'],
  [
    'an encoding nobody asked for',
    '台帳.csv',
    () => Buffer.from(`${heading}\n株式会社甲,,\n`, 'utf16le'),
    'file',
  ],
  [
    'bytes of no encoding',
    '台帳.csv',
    () => Buffer.concat([utf8(`${heading}\n`), Buffer.from([0x81, 0xff, 0x80, 0x0a])]),
    'line',
  ],
  [
    '10,000 columns',
    '台帳.csv',
    () => utf8(`${Array.from({ length: 10_000 }, (_, at) => `列${at}`).join(',')}\n`),
    'line',
  ],
  ['one huge line', '台帳.csv', () => utf8(`${heading}\n${'あ'.repeat(3_000_000)}`), 'line'],
  [
    'the same heading twice',
    '台帳.csv',
    () => utf8('法人名,法人名,電話番号\n株式会社甲,株式会社乙,\n'),
    'line',
  ],
  [
    'a quotation mark that never ends',
    '台帳.csv',
    () => utf8(`${heading}\n"株式会社甲,,\n株式会社乙,,\n`),
    'line',
  ],
  ['a zip bomb', '台帳.xlsx', zipBomb, 'file'],
  [
    'a picture with a script',
    '図.svg',
    () => utf8('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    'file',
  ],
  ['a virus scanner’s test file', '台帳.txt', () => utf8(eicar), 'file'],
  ['a program', '台帳.csv', () => Buffer.concat([Buffer.from('4d5a9000', 'hex'), Buffer.alloc(300)]), 'file'],
]

/** Every door a file comes in by. */
const doors: [door: string, role: Role, url: string, body: (name: string, content: string) => object][] = [
  [
    'the ledger import',
    'operations',
    '/api/imports/open',
    (fileName, contentBase64) => ({ fileName, contentBase64 }),
  ],
  [
    'the look into a ledger',
    'operations',
    '/api/imports/look',
    (fileName, contentBase64) => ({ fileName, contentBase64 }),
  ],
  [
    'the bank statement',
    'accounting',
    '/api/payments/import-statement',
    (fileName, contentBase64) => ({ fileName, contentBase64 }),
  ],
  [
    'the sanction lists',
    'compliance',
    '/api/watch-lists/load',
    (fileName, contentBase64) => ({ files: [{ fileName, contentBase64 }] }),
  ],
  [
    'the corporate register',
    'operations',
    '/api/registers/loads',
    (fileName, contentBase64) => ({ fileName, contentBase64 }),
  ],
  [
    'the documents',
    'sales',
    '/api/uploads',
    (fileName, contentBase64) => ({ fileName, contentBase64, record: { kind: 'party', id: partyId } }),
  ],
]

/** What a door may take although it looks strange: a clerk's text file is a document like any other, and a look keeps nothing. */
const harmless = new Set([
  'the documents: bytes of no encoding',
  'the documents: 10,000 columns',
  'the documents: one huge line',
  'the documents: the same heading twice',
  'the documents: a quotation mark that never ends',
  'the documents: a zip bomb',
  'the look into a ledger: 10,000 columns',
  'the look into a ledger: the same heading twice',
  'the look into a ledger: a virus scanner’s test file',
])

describe('a hostile file', () => {
  for (const [door, role, url, body] of doors)
    it(`is refused in words by ${door}, and not a row is left behind`, async () => {
      for (const [what, name, bytes, place] of hostile) {
        if (harmless.has(`${door}: ${what}`)) continue
        const before = await rowCounts()
        const answer = await post(role, url, body(name, base64(await bytes())))
        const said = `${door}: ${what}: ${answer.statusCode} ${answer.body.slice(0, 600)}`
        expect([400, 409, 413, 422], said).toContain(answer.statusCode)
        const { reasons, detail } = answer.json()
        const words: string = [detail, ...reasons.map((one: { message: string }) => one.message)].join(' ')
        expect(words, said).toMatch(/[ぁ-ん]/)
        expect(words, said).not.toMatch(/node_modules|Error:|undefined|at line/)
        if (place === 'line' && door === 'the ledger import') expect(words, said).toMatch(/\d+行|行目|列/)
        expect(await rowCounts(), said).toEqual(before)
      }
    }, 120_000)

  it('with formulas, impossible days or negative numbers names cell and row and changes no record', async () => {
    const book = new ExcelJS.Workbook()
    const sheet = book.addWorksheet('台帳')
    sheet.addRow(['法人名', '設立日', '資本金'])
    sheet.addRow([
      { formula: 'HYPERLINK("http://evil.example","甲")', result: '株式会社甲' },
      '2026-02-30',
      -1,
    ])
    const bytes = Buffer.from(await book.xlsx.writeBuffer())
    const before = await rowCounts()
    const answer = await post('operations', '/api/imports/open', {
      fileName: '台帳.xlsx',
      contentBase64: base64(bytes),
    })
    const after = await rowCounts()
    expect(after.party, answer.body).toBe(before.party)
    if (answer.statusCode !== 200) expect(answer.json().detail).toMatch(/[ぁ-ん]/)
  })

  it('from a bank, cut short or telling impossible days and amounts, is taken not at all and says where', async () => {
    const statement = '日付,摘要,出金,入金,残高\n'
    const files: [string, Buffer][] = [
      ['途中で切れた.txt', zengin(zenginHead.padEnd(200), '2'.padEnd(150))],
      ['短い.txt', zengin(zenginHead)],
      ['実在しない日.csv', utf8(`${statement}2026/02/30,ﾌﾘｺﾐ ｱｵﾊﾞ,,1000,1000\n`)],
      ['負の金額.csv', utf8(`${statement}2026/02/20,ﾌﾘｺﾐ ｱｵﾊﾞ,,-1000,1000\n`)],
      ['数字でない.csv', utf8(`${statement}2026/02/20,ﾌﾘｺﾐ ｱｵﾊﾞ,,=1+1,1000\n`)],
    ]
    for (const [fileName, bytes] of files) {
      const before = await rowCounts()
      const { id } = await world.db
        .selectFrom('bank_account')
        .select('id')
        .where('party_id', 'is', null)
        .executeTakeFirstOrThrow()
      const answer = await post('accounting', '/api/payments/import-statement', {
        fileName,
        contentBase64: base64(bytes),
        accountId: id,
      })
      const said = `${fileName}: ${answer.statusCode} ${answer.body.slice(0, 600)}`
      expect([400, 409, 422], said).toContain(answer.statusCode)
      const words: string = answer
        .json()
        .reasons.map((one: { message: string }) => one.message)
        .join(' ')
      expect(words, said).toMatch(/[ぁ-ん]/)
      expect(words, said).toMatch(/行|列|レコード|件目|桁|バイト/)
      expect(await rowCounts(), said).toEqual(before)
    }
  })
})
