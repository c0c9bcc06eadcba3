import { App, ConfigProvider, type ConfigProviderProps } from 'antd'
import jaJP from 'antd/es/locale/ja_JP.js'
import dayjs from 'dayjs'
import 'dayjs/locale/ja'
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { japaneseYear, parsePlainDate } from '../values/date-words.ts'
import './global.css'
import { markVariables } from './mark-colours.ts'
import { cssVariables, palettes, type ThemeName } from './palette.ts'
import { antdThemeOf } from './theme.ts'
import { useStored } from './use-stored.ts'

dayjs.locale('ja')

type Locale = NonNullable<ConfigProviderProps['locale']>

/** Typed as CommonJS by its package (a namespace with a default), delivered as an ES module by the bundler: the locale itself. */
const antdJapanese = jaJP as unknown as Locale

/** The calendar's year and month buttons are named by what they show, not by another word over it (WCAG 2.5.3). */
const japanese: Locale = {
  ...antdJapanese,
  ...(antdJapanese.DatePicker && {
    DatePicker: {
      ...antdJapanese.DatePicker,
      lang: { ...antdJapanese.DatePicker.lang, yearSelect: '', monthSelect: '' },
    },
  }),
}

export type ThemeChoice = ThemeName | 'system'

/** What the kit must be told about the world outside: how to follow a link, and how dates are read and said. */
export interface UiSettings {
  /** Follows an address inside the program without a page load (the router's navigate). */
  follow(href: string): void
  /** 2026-11-23 → 令和8年11月23日. */
  sayJapaneseYear?(date: IsoDate): string
  /** Reads what a person typed (R8.11.23, 2026/11/23, 20261123); null when it is no date. */
  parseDate?(typed: string): IsoDate | null
  /**
   * A hook of the application's router: while `active`, holds a navigation back and hands it out; null when none is held.
   * Left out, only closing the tab is guarded.
   */
  useLeaveBlock?(active: boolean): LeaveBlock | null
}

/** A navigation held back until the person decides. */
export interface LeaveBlock {
  leave(): void
  stay(): void
}

interface Ui extends Required<UiSettings> {
  theme: ThemeName
  choice: ThemeChoice
  choose(choice: ThemeChoice): void
}

const noBlock = (): LeaveBlock | null => null

const UiContext = createContext<Ui | null>(null)

/** The settings in force; throws outside <UiProvider>. */
export function useUi(): Ui {
  const ui = use(UiContext)
  if (!ui) throw new Error('A component of src/ui stands outside <UiProvider>; wrap the application in it')
  return ui
}

/** Theme, Japanese locale and navigation for everything below. The person's theme is kept in localStorage (`ui.theme`). */
export function UiProvider({ children, ...settings }: UiSettings & { children: ReactNode }) {
  const [choice, choose] = useStored<ThemeChoice>('ui.theme', 'system', isThemeChoice)
  const system = useMedia('(prefers-color-scheme: dark)') ? 'dark' : 'light'
  const still = useMedia('(prefers-reduced-motion: reduce)')
  const theme = choice === 'system' ? system : choice
  const {
    follow,
    sayJapaneseYear = japaneseYear,
    parseDate = parsePlainDate,
    useLeaveBlock = noBlock,
  } = settings
  const ui = useMemo(
    () => ({ follow, sayJapaneseYear, parseDate, useLeaveBlock, theme, choice, choose }),
    [follow, sayJapaneseYear, parseDate, useLeaveBlock, theme, choice, choose],
  )
  useEffect(() => {
    document.documentElement.dataset.theme = theme
    document.documentElement.lang = 'ja'
  }, [theme])
  const config = useMemo(() => antdThemeOf(theme, still), [theme, still])
  return (
    <UiContext value={ui}>
      <style href={`ui-palette-${theme}`} precedence="low">
        {paletteSheet(theme)}
      </style>
      <ConfigProvider
        locale={japanese}
        theme={config}
        button={{ autoInsertSpace: false }}
        wave={{ disabled: true }}
        variant="outlined"
      >
        <App component={false} message={{ top: 56, maxCount: 3 }}>
          {children}
        </App>
      </ConfigProvider>
    </UiContext>
  )
}

/** The theme's variables; paper is always light. One text, since React takes no second child in a style element. */
function paletteSheet(theme: ThemeName): string {
  const shown = `:root[data-theme=${theme}]{color-scheme:${theme};${cssVariables(palettes[theme])}${markVariables(theme)}}`
  return `${shown}@media print{:root[data-theme=${theme}]{color-scheme:light;${cssVariables(palettes.light)}${markVariables('light')}}}`
}

function isThemeChoice(value: unknown): value is ThemeChoice {
  return value === 'light' || value === 'dark' || value === 'system'
}

/** Whether a media query holds, now and after every change. */
function useMedia(query: string): boolean {
  const [holds, setHolds] = useState(() => window.matchMedia(query).matches)
  useEffect(() => {
    const media = window.matchMedia(query)
    const follow = () => setHolds(media.matches)
    follow()
    media.addEventListener('change', follow)
    return () => media.removeEventListener('change', follow)
  }, [query])
  return holds
}
