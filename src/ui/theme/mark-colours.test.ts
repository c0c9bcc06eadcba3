import { expect, test } from 'vitest'
import { markColours, markVariables } from './mark-colours.ts'
import { contrast, palettes } from './palette.ts'

test.each(['light', 'dark'] as const)('words on every label stand at least 4.5:1 in the %s theme', theme => {
  const faint = Object.entries(markColours)
    .filter(
      ([
        ,
        {
          [theme]: [text, ground],
        },
      ]) => contrast(text, ground) < 4.5,
    )
    .map(([name]) => name)
  expect(faint).toEqual([])
})

test.each(['light', 'dark'] as const)('every label is told from the %s surface it lies on', theme => {
  const same = Object.values(markColours).filter(colour => colour[theme][1] === palettes[theme].surface)
  expect(same).toEqual([])
})

test('colours become CSS variables', () => {
  expect(markVariables('light')).toContain('--ui-mark-red:#8f1d17;--ui-mark-red-ground:#fbdcd9;')
})
