import type { ComponentType } from 'react'
import { FormPage } from './FormPage.tsx'
import { ListPage } from './ListPage.tsx'
import { StatesPage } from './StatesPage.tsx'

/** Page by its name in the address. */
export const pages: Readonly<Record<string, ComponentType>> = {
  list: ListPage,
  form: FormPage,
  states: StatesPage,
}
