import { describe, expect, test } from 'vitest'
import { contrast, cssVariables, type Palette, palettes } from './palette.ts'

const wordsOn: readonly [keyof Palette, readonly (keyof Palette)[]][] = [
  [
    'text',
    ['ground', 'surface', 'raised', 'sunken', 'hover', 'accentSoft', 'mark', 'dangerSoft', 'warningSoft'],
  ],
  ['textSoft', ['ground', 'surface', 'raised', 'sunken', 'hover', 'accentSoft', 'neutralSoft']],
  ['textFaint', ['ground', 'surface', 'raised', 'sunken', 'hover']],
  ['accentText', ['ground', 'surface', 'raised', 'sunken', 'hover', 'accentSoft']],
  ['onAccent', ['accent', 'accentHover', 'accentActive', 'dangerFill']],
  ['danger', ['ground', 'surface', 'raised', 'sunken', 'hover', 'dangerSoft', 'accentSoft']],
  ['warning', ['ground', 'surface', 'raised', 'sunken', 'hover', 'warningSoft', 'accentSoft']],
  ['success', ['ground', 'surface', 'raised', 'sunken', 'hover', 'successSoft', 'accentSoft']],
  ['neutral', ['surface', 'neutralSoft']],
  ['railText', ['rail', 'railHover', 'railActive']],
  ['railFaint', ['rail', 'railHover']],
]

describe.each(['light', 'dark'] as const)('the %s theme', name => {
  const palette = palettes[name]

  test('every word stands at least 4.5:1 against each ground it is written on', () => {
    const tooFaint = wordsOn.flatMap(([word, grounds]) =>
      grounds
        .filter(ground => contrast(palette[word], palette[ground]) < 4.5)
        .map(ground => `${word} on ${ground}: ${contrast(palette[word], palette[ground]).toFixed(2)}`),
    )
    expect(tooFaint).toEqual([])
  })

  test('input borders, gauge fills and the focus ring stand at least 3:1 against the surface', () => {
    const marks = ['lineInput', 'dangerFill', 'warningFill', 'successFill', 'accentText'] as const
    expect(marks.filter(mark => contrast(palette[mark], palette.surface) < 3)).toEqual([])
  })
})

test('contrast of black on white is 21, of a colour on itself 1', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(contrast('#33479f', '#33479f')).toBe(1)
})

test('a palette name becomes a CSS variable in kebab case', () => {
  expect(cssVariables(palettes.light)).toContain('--ui-accent-soft:#e9edfa;')
})
