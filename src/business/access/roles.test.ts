import { describe, expect, it } from 'vitest'
import { conflictsWith, type Role, roleDescriptions, roleLabels, roles, whyIncompatible } from './roles.ts'

// ○ one person may hold both, × not; the order of columns is that of the rows.
const together = `
sales          = × × ○ ○ × × × × × ×
reviewer       × = × ○ ○ × ○ × × × ×
approver       × × = × × × × ○ × × ×
operations     ○ ○ × = ○ × × × × × ×
collector      ○ ○ × ○ = × × × × × ×
compliance     × × × × × = × × × × ×
accounting     × ○ × × × × = × × × ×
manager        × × ○ × × × × = × × ×
auditor        × × × × × × × × = × ×
administrator  × × × × × × × × × = ×
contractor     × × × × × × × × × × =
`
const rows = together
  .trim()
  .split('\n')
  .map(line => line.split(/\s+/))

const pairs = rows.flatMap(([role, ...marks]) =>
  marks.map((mark, at) => ({ one: role as Role, other: rows[at]![0] as Role, mark })),
)

describe('which roles one person may hold together', () => {
  it.each(pairs)('$one and $other: $mark', ({ one, other, mark }) => {
    const sentence = whyIncompatible(one, other)
    if (mark === '×') expect(sentence).toMatch(/。$/)
    else expect(sentence).toBeNull()
  })

  it('covers every role once', () => {
    expect(rows.map(([role]) => role)).toEqual([...roles])
  })

  it('tells every conflict with the roles held already', () => {
    expect(
      conflictsWith('approver', ['sales', 'manager', 'operations']).map(conflict => conflict.role),
    ).toEqual(['sales', 'operations'])
  })

  it('has a name and a sentence for each role', () => {
    for (const role of roles) {
      expect(roleLabels[role]).not.toBe('')
      expect(roleDescriptions[role]).toMatch(/。$/)
    }
  })
})
