import type { ThemeName } from './palette.ts'

/** Colours people may give to their own labels; words on them stand at least 4.5:1 in both themes (WCAG AA, tested). */
export const markColours = {
  red: { light: ['#8f1d17', '#fbdcd9'], dark: ['#ffb3ab', '#4a1f1d'] },
  orange: { light: ['#7a3a00', '#fde3cc'], dark: ['#ffc48f', '#472a10'] },
  yellow: { light: ['#5f4a00', '#f8ecb4'], dark: ['#f0d873', '#3d3408'] },
  green: { light: ['#17542f', '#d5efdd'], dark: ['#93dfae', '#163a24'] },
  teal: { light: ['#0d5257', '#cdeeee'], dark: ['#86dede', '#103a3c'] },
  blue: { light: ['#16457f', '#d6e6fb'], dark: ['#a6ccff', '#17325a'] },
  indigo: { light: ['#2f3a99', '#dfe3fb'], dark: ['#bcc5ff', '#282f63'] },
  purple: { light: ['#5b2a86', '#ebdcf8'], dark: ['#dcbcff', '#3d2459'] },
  pink: { light: ['#842458', '#fadcea'], dark: ['#ffb5d8', '#4c1d36'] },
  grey: { light: ['#3f4759', '#e4e7ee'], dark: ['#c8cedd', '#333a4b'] },
} as const satisfies Record<string, Record<ThemeName, readonly [text: string, ground: string]>>

export type MarkColour = keyof typeof markColours

/** `--ui-mark-red:#8f1d17;--ui-mark-red-ground:#fbdcd9; …` for one theme. */
export function markVariables(theme: ThemeName): string {
  return Object.entries(markColours)
    .map(
      ([
        name,
        {
          [theme]: [text, ground],
        },
      ]) => `--ui-mark-${name}:${text};--ui-mark-${name}-ground:${ground};`,
    )
    .join('')
}
