import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { everyInTurn, inTurn } from './every.ts'

it('heavy work runs one after another, and a failure lets the next begin', async () => {
  const log: string[] = []
  const work = (name: string, fails = false) =>
    inTurn(async () => {
      log.push(`${name} begins`)
      await sleep(5)
      log.push(`${name} ends`)
      if (fails) throw new Error(name)
    })
  const all = await Promise.allSettled([work('measure'), work('compare', true), work('check')])
  expect(log).toEqual([
    'measure begins',
    'measure ends',
    'compare begins',
    'compare ends',
    'check begins',
    'check ends',
  ])
  expect(all.map(one => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})

it('what waits for its turn when it is stopped does not begin', async () => {
  let release = () => {}
  const before = inTurn(() => new Promise<void>(resolve => (release = resolve)))
  let ran = 0
  const stop = everyInTurn(
    1,
    async () => {
      ran += 1
    },
    error => expect.unreachable(String(error)),
  )
  await sleep(20)
  const stopped = stop()
  release()
  await before
  await stopped
  expect(ran).toBe(0)
})
