import { inflateSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { registerPartyCommand } from '../parties/index.ts'
import { printCard } from './contract.ts'
import { cards } from './index.ts'

let world: World
let sales: Actor
let partyId: string

beforeAll(async () => {
  world = await createWorld()
  sales = await world.person('営業 一郎', 'sales')
  const made = await world.done(sales, registerPartyCommand, {
    partyKind: 'corporation',
    legalName: '株式会社青空カード',
    roles: ['client'],
  })
  partyId = made.id
})
afterAll(() => world.close())

async function print(actor: Actor, id: string) {
  const route = cards.routes(world).find(one => one.contract.name === printCard.name)
  if (route?.kind !== 'query') throw new Error('no card')
  const now = world.clock.now()
  const context = { db: world.db, actor, now, today: '2026-11-24', requestId: 'test' }
  const answer = await route.answer(context, { partyId: id } as never)
  if (!('file' in answer)) throw new Error('no file')
  return { ...answer.file, content: answer.file.content as Buffer, seen: answer.seen }
}

/** How many pages a PDF has, read from its page tree. */
const pagesOf = (pdf: Buffer) => Number(/\/Type \/Pages\s+\/Count (\d+)/.exec(pdf.toString('latin1'))?.[1])

/** The drawing instructions of a PDF, unpacked. */
function streamsOf(pdf: Buffer): Buffer[] {
  const streams: Buffer[] = []
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 7)) {
    const end = pdf.indexOf('endstream', at)
    try {
      streams.push(inflateSync(pdf.subarray(at + 7, end)))
    } catch {
      // Fonts and pictures are packed otherwise.
    }
  }
  return streams
}

it('a customer card is an A4 PDF which names the company it shows', async () => {
  const card = await print(sales, partyId)
  expect(card.name).toMatch(/^顧客カード_C-\d+_2026-11-24\.pdf$/)
  expect(card.content.subarray(0, 5).toString()).toBe('%PDF-')
  expect(pagesOf(card.content)).toBeGreaterThanOrEqual(1)
  expect(card.content.toString('latin1')).toContain('/MediaBox [0 0 595.28 841.89]')
  expect(streamsOf(card.content).some(stream => stream.includes('TJ'))).toBe(true)
  const { seen_no } = await world.db
    .selectFrom('party')
    .select('seen_no')
    .where('id', '=', partyId)
    .executeTakeFirstOrThrow()
  expect(card.seen).toContain(seen_no)
})

it('shows nothing of a company out of reach, and leaves out what a person may not see', async () => {
  const contractor = await world.person('外部 委託', 'contractor')
  expect(contractor.permissions.has(printCard.permission)).toBe(false)
  expect(await world.refused(print(contractor, partyId))).toEqual(['record_must_exist'])
  const whole = await print(sales, partyId)
  const bare = { ...sales, permissions: new Set(['parties.read', printCard.permission]) }
  const card = await print(bare, partyId)
  expect(card.seen.length).toBeLessThanOrEqual(whole.seen.length)
  expect(card.content.length).not.toBe(whole.content.length)
})
