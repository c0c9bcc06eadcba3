import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Visitor, WaitingRoom } from './waiting-room.ts'

interface Named extends Visitor {
  name: number
}

const answered = (group: readonly Named[]): PromiseSettledResult<number>[] =>
  group.map(one => ({ status: 'fulfilled', value: one.name }))

/** A room whose groups end only when `end` is called, oldest first. */
function room() {
  const groups: { names: number[]; touches: string[]; end(): void }[] = []
  const waiting = new WaitingRoom<Named, number>(
    group =>
      new Promise(resolve => {
        groups.push({
          names: group.map(one => one.name),
          touches: group.flatMap(one => one.touches),
          end: () => resolve(answered(group)),
        })
      }),
  )
  return { waiting, groups }
}

const turn = () => new Promise<void>(resolve => setImmediate(resolve))

describe('a waiting room', () => {
  it('lets the first start at once, and those who come meanwhile together', async () => {
    const { waiting, groups } = room()
    const answers = [waiting.enter({ name: 1, touches: ['a'] })]
    await turn()
    answers.push(waiting.enter({ name: 2, touches: ['b'] }))
    await turn()
    for (const name of [3, 4, 5]) answers.push(waiting.enter({ name, touches: [`c${name}`] }))
    await turn()
    expect(groups.map(group => group.names)).toEqual([[1], [2]])
    groups[0]?.end()
    await turn()
    await turn()
    expect(groups.map(group => group.names)).toEqual([[1], [2], [3, 4, 5]])
    for (const group of groups) group.end()
    expect(await Promise.all(answers)).toEqual([1, 2, 3, 4, 5])
  })

  it('answers everybody once, never puts two with one record into a group, and keeps their order', async () => {
    const visits = fc.array(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 3 }), {
      maxLength: 60,
    })
    await fc.assert(
      fc.asyncProperty(visits, async touches => {
        const order = new Map<string, number[]>()
        const waiting = new WaitingRoom<Named, number>(async group => {
          const all = group.flatMap(one => [...new Set(one.touches)])
          expect(new Set(all).size).toBe(all.length)
          expect(group.length).toBeLessThanOrEqual(16)
          for (const one of group)
            for (const id of one.touches) order.set(id, [...(order.get(id) ?? []), one.name])
          await turn()
          return answered(group)
        })
        const answers = await Promise.all(
          touches.map(async (ids, name) => {
            if (name % 7 === 0) await turn()
            return waiting.enter({ name, touches: ids })
          }),
        )
        expect(answers).toEqual(touches.map((_ids, name) => name))
        const late = (name: number) => name % 7 === 0
        for (const names of order.values())
          for (const kind of [true, false]) {
            const same = names.filter(name => late(name) === kind)
            expect(same).toEqual(same.toSorted((a, b) => a - b))
          }
      }),
      { numRuns: 60 },
    )
  })

  it('hands a failure of the whole group to each, and goes on', async () => {
    let fails = true
    const waiting = new WaitingRoom<Named, number>(async group => {
      if (fails) throw new Error('no database')
      return answered(group)
    })
    const both = [1, 2].map(name => waiting.enter({ name, touches: [] }))
    await expect(Promise.allSettled(both)).resolves.toMatchObject([
      { reason: { message: 'no database' } },
      { reason: { message: 'no database' } },
    ])
    fails = false
    expect(await waiting.enter({ name: 3, touches: [] })).toBe(3)
  })
})
