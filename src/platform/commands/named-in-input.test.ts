import { expect, it } from 'vitest'
import { newId } from '../ids/uuid.ts'
import { recordsNamedIn } from './named-in-input.ts'

it('a refused attempt names the records of its input, and nothing that only looks like one', () => {
  const partyId = newId()
  expect(recordsNamedIn({ partyId, envelopeId: 'ABC-123', name: partyId, orderId: 7 })).toEqual([
    { kind: 'party', id: partyId },
  ])
  expect(recordsNamedIn([partyId])).toEqual([])
  expect(recordsNamedIn(null)).toEqual([])
})
