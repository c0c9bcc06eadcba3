import type { ComponentType } from 'react'
import { BenchPage } from './BenchPage.tsx'
import { ChartsPage } from './ChartsPage.tsx'
import { DecidePage } from './DecidePage.tsx'
import { DetailPage } from './DetailPage.tsx'
import { DoorPage } from './DoorPage.tsx'
import { FormPage } from './FormPage.tsx'
import { HomePage } from './HomePage.tsx'
import { ListPage } from './ListPage.tsx'
import { MergePage } from './MergePage.tsx'
import { StatesPage } from './StatesPage.tsx'
import { WizardPage } from './WizardPage.tsx'

/** Page by its name in the address. */
export const pages: Readonly<Record<string, ComponentType>> = {
  home: HomePage,
  merge: MergePage,
  door: DoorPage,
  bench: BenchPage,
  list: ListPage,
  detail: DetailPage,
  form: FormPage,
  states: StatesPage,
  charts: ChartsPage,
  decide: DecidePage,
  wizard: WizardPage,
}
