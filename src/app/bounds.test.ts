import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { afterAll, describe, expect, it } from 'vitest'
import { readConfig } from '../platform/config.ts'
import { MasterKey } from '../platform/crypto/master-key.ts'
import type { Contract } from '../platform/http/contract.ts'
import { createProgram } from './program.ts'
import { slices } from './slices.ts'
import { type Leaf, leavesOf, sampleFor, schemaFor, withValue } from './testing/sample-input.ts'

/** What no command takes, whatever else stands in its input: amounts below nought, shares above all, days nobody means, fields nobody asked for. */
const program = createProgram({
  databaseUrl: 'postgres://nobody@127.0.0.1:1/none',
  config: readConfig({ DAICHO_DATA: tmpdir(), DAICHO_LOG: 'silent' }, 'demo'),
  master: new MasterKey(randomBytes(32)),
})
afterAll(() => program.close())
const commands = slices
  .flatMap(slice => slice.routes(program).map(route => route.contract))
  .filter(contract => contract.kind === 'command')

/** Whose amount may be below nought: a credit note among the documents, a control sum of a file. */
const MAY_BE_NEGATIVE = ['documents.addDocument amountYen', 'documents.correctDocument amountYen']
/** How large a company is, not what a deal is about. */
const SIZE_OF_A_COMPANY = /(capitalYen|annualSalesYen)$|^policy\.|basisThresholdYen$/
/** Since when something may have stood. */
const MAY_BE_OLD =
  /^(parties\.\w+ (basics\.)?establishedOn|(parties|ownership)\.\w+ validFrom|resolution\.\w+ .*establishedOn)$/

interface Field {
  contract: Contract
  path: Leaf['path']
  name: string
}

const fields = (fits: (leaf: Leaf, last: string) => boolean): Field[] =>
  commands.flatMap(contract =>
    leavesOf(schemaFor(contract))
      .filter(leaf => fits(leaf, String(leaf.path.findLast(step => typeof step === 'string') ?? '')))
      .map(({ path }) => ({
        contract,
        path,
        name: `${contract.name} ${path.filter(step => step !== 0).join('.')}`,
      })),
  )

/** The fields which take the value, by name. */
const taking = (of: readonly Field[], value: unknown) =>
  of
    .filter(({ contract, path }) => {
      const parsed = contract.input.safeParse(withValue(sampleFor(contract), path, value))
      const refusedAt = parsed.error?.issues.some(issue => isAt(issue.path, path)) ?? false
      return !refusedAt
    })
    .map(({ name }) => name)

/** A union says what is wrong with one of its choices at its own place. */
const isAt = (found: readonly PropertyKey[], path: Leaf['path']) =>
  found.every((step, at) => step === path[at]) && found.length > 0

const yen = fields(
  ({ schema }, last) => /yen$/i.test(last) && ['integer', 'number'].includes(String(schema.type)),
)
const shares = fields((_leaf, last) => /ppm$/i.test(last))
const days = fields(({ schema }) => schema.format === 'date')

describe('a command', () => {
  it('takes no yen below nought, none in parts, and no more than a trillion in one deal', () => {
    expect(yen.length).toBeGreaterThan(60)
    expect(taking(yen, 1)).toHaveLength(yen.length)
    expect(taking(yen, -1)).toEqual(MAY_BE_NEGATIVE)
    for (const value of [0.5, '100', '', Number.NaN, 2 ** 53, 1e308]) expect(taking(yen, value)).toEqual([])
    expect(taking(yen, 1_000_000_000_001).filter(name => !SIZE_OF_A_COMPANY.test(name))).toEqual([])
  })

  it('takes no share below nought or above the whole', () => {
    expect(shares.length).toBeGreaterThan(20)
    expect(taking(shares, 1)).toHaveLength(shares.length)
    for (const value of [-1, 1_000_001, 0.5, '1']) expect(taking(shares, value)).toEqual([])
  })

  it('takes no day on which nobody does business', () => {
    expect(days.length).toBeGreaterThan(90)
    expect(taking(days, '2026-11-24')).toHaveLength(days.length)
    for (const day of ['1800-01-01', '1899-12-31', '2200-01-01', '2999-12-31'])
      expect(taking(days, day).filter(name => !MAY_BE_OLD.test(name))).toEqual([])
    for (const day of ['0999-12-31', '9999-12-31', '2026-02-30', '2026-1-1', 'today', '', 20261124])
      expect(taking(days, day)).toEqual([])
  })

  it('hands no field on that its contract does not name', () => {
    const smuggled = {
      id: '01890a5d-ac96-774b-bcce-b302099a8057',
      status: 'approved',
      state: 'approved',
      approvedBy: '01890a5d-ac96-774b-bcce-b302099a8057',
      decidedBy: '01890a5d-ac96-774b-bcce-b302099a8057',
      createdAt: '2020-01-01T00:00:00Z',
      recordedAt: '2020-01-01T00:00:00Z',
      actorId: '01890a5d-ac96-774b-bcce-b302099a8057',
      companyId: 'other',
      row_version: 99,
    }
    const handedOn: string[] = []
    for (const contract of commands) {
      const parsed = contract.input.safeParse({ ...smuggled, ...sampleFor(contract) })
      const known = Object.keys(contract.input.shape)
      const more = Object.keys((parsed.data ?? {}) as object).filter(name => !known.includes(name))
      if (more.length > 0) handedOn.push(`${contract.name} ${more.join()}`)
    }
    expect(handedOn).toEqual([])
  })
})
