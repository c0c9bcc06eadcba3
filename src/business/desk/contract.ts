import { z } from 'zod'
import { query } from '../../platform/http/contract.ts'

const item = { kind: z.enum(['layout', 'views', 'draft']), key: z.string().min(1).max(200) }

export const readDesk = query({
  name: 'desk.readDesk',
  path: '/api/desk/:kind/:key',
  summary:
    'What the person signed in keeps under this key: a table layout, saved views or a half-written form.',
  permission: 'signed-in',
  sight: null,
  input: z.object(item),
  output: z.object({ content: z.unknown().nullable(), keptAt: z.string().nullable() }),
})

export const keepOnDesk = query({
  name: 'desk.keepOnDesk',
  method: 'POST',
  path: '/api/desk/:kind/:key',
  summary:
    'Keeps something on the own desk; null removes it. Changes no business record and leaves no event.',
  permission: 'signed-in',
  sight: null,
  input: z.object({ ...item, content: z.unknown().nullable() }),
  output: z.object({ keptAt: z.string().nullable() }),
})
