/** Every colour of the product. AntD tokens and CSS variables are both made from it, so that a theme cannot drift in two places. */
export interface Palette {
  /** Page ground, cards, raised layers (menus, dialogs), wells (table head, code). */
  ground: string
  surface: string
  raised: string
  sunken: string
  hover: string
  line: string
  lineStrong: string
  /** Borders of things one types into: 3:1 against the surface (WCAG 1.4.11). */
  lineInput: string
  text: string
  textSoft: string
  textFaint: string
  /** 藍: the one accent. `accent` fills and carries `onAccent`; `accentText` is for words on any ground. */
  accent: string
  accentHover: string
  accentActive: string
  onAccent: string
  accentText: string
  accentSoft: string
  accentLine: string
  danger: string
  dangerFill: string
  dangerSoft: string
  dangerLine: string
  warning: string
  warningFill: string
  warningSoft: string
  warningLine: string
  success: string
  successFill: string
  successSoft: string
  successLine: string
  neutral: string
  neutralSoft: string
  rail: string
  railHover: string
  railActive: string
  railText: string
  railFaint: string
  railLine: string
  railMark: string
  mark: string
  shadow: string
}

export type ThemeName = 'light' | 'dark'

const light: Palette = {
  ground: '#f3f4f8',
  surface: '#ffffff',
  raised: '#ffffff',
  sunken: '#f1f3f8',
  hover: '#f4f6fc',
  line: '#e1e4ed',
  lineStrong: '#c9cedc',
  lineInput: '#8990a6',
  text: '#1a2036',
  textSoft: '#454e69',
  textFaint: '#5d6680',
  accent: '#33479f',
  accentHover: '#40569f',
  accentActive: '#26377f',
  onAccent: '#ffffff',
  accentText: '#2f4299',
  accentSoft: '#e9edfa',
  accentLine: '#b7c2ea',
  danger: '#a5231b',
  dangerFill: '#b92c23',
  dangerSoft: '#fdeeec',
  dangerLine: '#efbdb8',
  warning: '#7d4b00',
  warningFill: '#b87503',
  warningSoft: '#fdf3de',
  warningLine: '#ebcf94',
  success: '#1b6241',
  successFill: '#2b8a5d',
  successSoft: '#e6f4ec',
  successLine: '#a9d6bf',
  neutral: '#454e69',
  neutralSoft: '#eceef4',
  rail: '#1b2140',
  railHover: '#272f55',
  railActive: '#35407a',
  railText: '#e4e8f7',
  railFaint: '#aab3d3',
  railLine: '#2e3760',
  railMark: '#9fb0ff',
  mark: '#ffedb0',
  shadow: '0 1px 2px rgba(22, 28, 58, 0.06), 0 8px 24px rgba(22, 28, 58, 0.10)',
}

const dark: Palette = {
  ground: '#11131b',
  surface: '#191c27',
  raised: '#212533',
  sunken: '#14161f',
  hover: '#202431',
  line: '#2b3041',
  lineStrong: '#3d4459',
  lineInput: '#69728c',
  text: '#e7eaf4',
  textSoft: '#b9c0d4',
  textFaint: '#98a1b9',
  accent: '#4f63c9',
  accentHover: '#5a6ed4',
  accentActive: '#4053b3',
  onAccent: '#ffffff',
  accentText: '#a3b2ff',
  accentSoft: '#252c4d',
  accentLine: '#45528c',
  danger: '#ff9a90',
  dangerFill: '#d0453b',
  dangerSoft: '#3a2023',
  dangerLine: '#6e3433',
  warning: '#f0bd66',
  warningFill: '#c98a1e',
  warningSoft: '#352a18',
  warningLine: '#64501f',
  success: '#7fd3a5',
  successFill: '#379468',
  successSoft: '#182e25',
  successLine: '#2c5a45',
  neutral: '#b9c0d4',
  neutralSoft: '#262b39',
  rail: '#0c0e16',
  railHover: '#191d2b',
  railActive: '#2a3157',
  railText: '#dfe4f5',
  railFaint: '#98a2c0',
  railLine: '#20253a',
  railMark: '#a3b2ff',
  mark: '#5c4a12',
  shadow: '0 1px 2px rgba(0, 0, 0, 0.5), 0 10px 28px rgba(0, 0, 0, 0.45)',
}

export const palettes: Readonly<Record<ThemeName, Palette>> = { light, dark }

/** `--ui-accent-soft: #e9edfa; …` for one theme. */
export function cssVariables(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, value]) => `--ui-${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}:${value};`)
    .join('')
}

/** WCAG 2.1 contrast ratio of two `#rrggbb` colours, 1–21. */
export function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map(at => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
