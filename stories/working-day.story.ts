import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { roles } from '../src/business/access/index.ts'
import { readAnchors } from '../src/platform/trail/anchors.ts'
import { verifyTrail } from '../src/platform/trail/verify.ts'
import { type Product, startProduct } from './support/product.ts'
import { Stage } from './support/stage.ts'
import type { Day } from './working-day/day.ts'

/**
 * One case through a working day and the morning a week later, played by clicking in Chromium with every role and every control real.
 * The program's clock stands on a Tuesday, so that the story does not depend on the day it is told.
 */
const MORNING = new Date('2026-12-01T09:30:00+09:00')
/** For machines which have more to do than this; on an idle one the whole story takes less. */
const PATIENCE_MS = 600_000
let product: Product
let day: Day

beforeAll(async () => {
  product = await startProduct(MORNING)
  day = { stage: await Stage.open(product.url), today: product.today(), ...nothingYet }
}, PATIENCE_MS)
afterAll(async () => {
  await day?.stage.close()
  await product?.stop()
})

const nothingYet = {
  clientId: '',
  debtorId: '',
  contractId: '',
  paidClaimId: '',
  lateClaimId: '',
  payoutId: '',
  suspectId: '',
  doubleRequest: '',
}

describe('a working day', { timeout: PATIENCE_MS }, () => {
  it('everybody signs in and finds a home page', async () => {
    for (const role of roles) expect(await (await day.stage.desk(role)).heading()).toBe('ホーム')
    await (await day.stage.desk('manager')).look('home')
  })

  it('the trail verifies from the first record to the last', async () => {
    const report = await verifyTrail(product.program.db, {
      master: product.master,
      anchors: await readAnchors(product.program.config.anchorsFile),
      now: product.program.clock.now(),
    })
    expect(report.sound).toBe(true)
  })
})
