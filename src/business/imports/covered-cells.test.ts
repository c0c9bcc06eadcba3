import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import type { Role } from '../access/index.ts'
import { openImport, previewCleaning, problemWorkbook } from './contract.ts'
import { imports } from './index.ts'
import { Drive } from './testing/drive.ts'

/** A file that is moved in holds what the screens cover: birth dates, account numbers. It is no way around the covers. */
let world: World
let accounting: Actor
let batchId: string

const SECRETS = ['1234567', '普通1234567のこと', '1960-04-09']

beforeAll(async () => {
  world = await createWorld()
  accounting = await world.person('経理', 'accounting', 'operations')
  const drive = new Drive(world, accounting, await world.person('決裁', 'approver'))
  await drive.taken('管理番号,法人名\nA-1,株式会社口座\n', {}, 'customers')
  batchId = await drive.rehearsed(
    '管理番号,金融機関コード,支店コード,預金種目,口座番号,口座名義カナ,備考,生年\n' +
      'A-1,0001,001,普通,1234567,カ）コウザ,普通1234567のこと,1960-04-09\n' +
      'A-1,9999,001,普通,1234567,カ）コウザ,普通1234567のこと,1960-04-09\n',
    {},
    'accounts',
  )
})
afterAll(() => world.close())

async function workbook(who: Actor): Promise<string> {
  const route = imports.routes(world).find(one => one.contract.name === problemWorkbook.name)
  if (route?.kind !== 'query') throw new Error('no query gives the marked workbook')
  const context = { db: world.db, actor: who, now: world.clock.now(), today: '2026-11-24', requestId: 't' }
  const answer = await route.answer(context, { batchId, all: true } as never)
  if (!('file' in answer)) throw new Error('no file')
  const parts: Buffer[] = []
  for await (const part of answer.file.content as NodeJS.ReadableStream) parts.push(part as Buffer)
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(Buffer.concat(parts) as never)
  return JSON.stringify(book.worksheets[0]!.getSheetValues())
}

/** All that the import tells somebody about its cells. */
async function toldTo(who: Actor): Promise<string> {
  const batch = await world.ask(who, openImport, { batchId })
  const mapping = batch.header.map(heading =>
    heading === '口座番号' ? 'holderKana' : heading === '生年' ? 'holderName' : null,
  )
  const preview = await world.ask(who, previewCleaning, { batchId, kind: 'accounts', mapping })
  return JSON.stringify([batch, preview]) + (await workbook(who))
}

describe('the cells of a file', () => {
  it.each<Role>(['sales', 'approver', 'manager', 'auditor', 'accounting'])(
    'are covered for %s where they are personal, or may be',
    async role => {
      const told = await toldTo(await world.person(role, role))
      for (const secret of SECRETS) expect(told).not.toContain(secret)
      expect(told).toContain('カ）コウザ')
      expect(told).toContain('●●●')
    },
  )

  it('are shown as they stand to whoever brought the file, and to those who may see secret values', async () => {
    const told = [
      accounting,
      await world.person('審査', 'reviewer'),
      await world.person('法令', 'compliance'),
    ]
    for (const who of told) for (const secret of SECRETS) expect(await toldTo(who)).toContain(secret)
  })
})
