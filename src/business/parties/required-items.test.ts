import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { add } from '../people/commands.ts'
import { register } from './commands/register-party.ts'
import { listParties, openParty } from './contract.ts'
import { raiseStage } from './index.ts'
import { type Completable, completenessOf, requiredItems } from './required-items.ts'

const corporation: Completable = {
  party_kind: 'corporation',
  roles: ['client'],
  stage: 'prospect',
  held_roles: [],
  legal_name: '株式会社甲',
  owner_staff_id: 'x',
}
const keys = (items: readonly { key: string }[]) => items.map(item => item.key)

describe('what is required', () => {
  it('grows with the stage and keeps what earlier stages required', () => {
    const [prospect, applied, active] = (['prospect', 'applied', 'active'] as const).map(stage =>
      keys(requiredItems(stage)),
    )
    expect(prospect).toEqual(['partyKind', 'legalName', 'ownerStaffId'])
    for (const key of prospect!) expect(applied).toContain(key)
    for (const key of applied!) expect(active).toContain(key)
    expect(applied).toContain('corporateNumber')
    expect(active).toContain('industryCode')
  })

  it('is counted of the whole way to an active party, and named for the stage reached', () => {
    const found = completenessOf({ ...corporation, stage: 'applied', phone: '0312345678' })
    expect(keys(found.missingNow)).toEqual([
      'corporateNumber',
      'address',
      'businessSummary',
      'representative',
    ])
    expect(keys(found.missingLater)).toContain('beneficial_owner')
    expect(found.percent).toBe(Math.floor((found.filled * 100) / found.required))
  })

  it('asks a sole proprietor for a trade name, and for neither corporate number nor capital', () => {
    const found = completenessOf({ ...corporation, party_kind: 'sole_proprietor', stage: 'active' })
    expect(keys(found.missingNow)).toContain('tradeName')
    for (const key of ['corporateNumber', 'capitalYen', 'beneficial_owner'])
      expect(keys(found.missingNow)).not.toContain(key)
  })

  it('is complete only when nothing is missing', () => {
    const filled = Object.fromEntries(
      requiredItems('active').flatMap(item => (item.column ? [[item.column, '1']] : [])),
    )
    const people = ['representative', 'beneficial_owner', 'contact']
    const whole = { ...corporation, ...filled, party_kind: 'corporation' as const, stage: 'active' as const }
    expect(completenessOf({ ...whole, held_roles: people })).toMatchObject({ percent: 100, missingNow: [] })
    expect(completenessOf({ ...whole, held_roles: people.slice(1) }).percent).toBeLessThan(100)
  })
})

describe('the list of what is missing', () => {
  let world: World
  let sales: Actor
  beforeAll(async () => {
    world = await createWorld()
    sales = await world.person('営業 花子', 'sales')
  })
  afterAll(() => world.close())

  async function applied(legalName: string, more: object = {}): Promise<string> {
    const { id } = await world.done(sales, register, { partyKind: 'corporation', legalName, ...more })
    await world.db.transaction().execute(async tx => {
      const context = world.executor.context(tx, sales, 'test')
      await raiseStage(context, id, 'applied')
      await context.record({ verb: 'test_applied', subjects: [{ kind: 'party', id }] })
    })
    return id
  }
  const incomplete = async () =>
    (await world.ask(sales, listParties, { incomplete: 'true', limit: 200 })).rows.map(row => row.id)

  it('keeps the parties whose own page says so, and no other', async () => {
    const full = {
      corporateNumber: '7000012050002',
      address: '東京都港区芝公園1-1-1',
      phone: '03-1234-5678',
      businessSummary: '部品の製造',
    }
    const bare = await applied('株式会社不足')
    const nobody = await applied('株式会社無人', full)
    const whole = await applied('株式会社充足', { ...full, corporateNumber: '7010705000725' })
    const person = { familyName: '代表', givenName: '太郎', birthDate: '1970-01-01' }
    await world.done(sales, add, { partyId: whole, role: 'representative', person })
    expect(await incomplete()).toEqual(expect.arrayContaining([bare, nobody]))
    expect(await incomplete()).not.toContain(whole)
    const { completeness } = await world.ask(sales, openParty, { partyId: nobody })
    expect(completeness.missingNow.map(item => [item.key, item.kind])).toEqual([['representative', 'person']])
    expect((await world.ask(sales, openParty, { partyId: whole })).completeness.missingNow).toEqual([])
    const rows = (await world.ask(sales, listParties, { limit: 200 })).rows
    for (const row of rows)
      expect([row.legalName, row.missingCount > 0]).toEqual([
        row.legalName,
        (await incomplete()).includes(row.id),
      ])
  })
})
