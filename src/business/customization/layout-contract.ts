import { z } from 'zod'
import { command, query } from '../../platform/http/contract.ts'
import { customKinds } from './tables.ts'

export const MOST_SECTIONS = 20

const section = z.object({
  key: z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{0,19}$/),
  title: z.string().trim().min(1).max(30),
  fields: z.array(z.string().max(60)).max(200),
})

export const layoutRefusals = {
  section_title_must_be_plain: '見出しに改行・制御文字は使えません。',
  sections_must_differ: '同じ見出しが2つあります。',
  fields_must_stand_once: '同じ項目が2か所に置かれています。',
  fields_must_be_known: '知らない項目が含まれています。画面を読み込み直してください。',
  layout_must_differ: '並びは標準のままです。',
} as const

export const readLayout = query({
  name: 'customization.readLayout',
  path: '/api/form-layouts/:recordKind',
  summary:
    'Which fields stand under which heading of the form, as the company has set it; `sections` is null where it keeps the program’s own order.',
  permission: 'customization.read',
  sight: null,
  input: z.object({ recordKind: z.enum(customKinds) }),
  output: z.object({
    /** 0 before anything was set. */
    rowVersion: z.number().int(),
    sections: z.array(section).nullable(),
    changedAt: z.string().nullable(),
  }),
})

export const changeLayout = command({
  name: 'customization.changeLayout',
  path: '/api/form-layouts/:recordKind/change',
  summary:
    'Sets headings and order of the fields of a form for the whole company; fields left out come last.',
  permission: 'customization.manage',
  input: z.object({
    recordKind: z.enum(customKinds),
    rowVersion: z.number().int().min(0),
    sections: z.array(section).min(1).max(MOST_SECTIONS),
  }),
  output: z.object({ rowVersion: z.number().int() }),
  refusals: layoutRefusals,
})

export const resetLayout = command({
  name: 'customization.resetLayout',
  path: '/api/form-layouts/:recordKind/reset',
  summary: 'Puts the form back into the program’s own order.',
  permission: 'customization.manage',
  input: z.object({ recordKind: z.enum(customKinds), rowVersion: z.number().int().min(0) }),
  output: z.object({ rowVersion: z.number().int() }),
  refusals: layoutRefusals,
})
