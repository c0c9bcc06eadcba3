import { refuseUnless } from '../../platform/commands/refusal.ts'
import type { Db } from '../../platform/database/database.ts'
import { answerQuery } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Slice } from '../../platform/slice.ts'
import { keepOnDesk, readDesk } from './contract.ts'

declare module '../../platform/database/database.ts' {
  interface Tables {
    desk_item: {
      staff_id: string
      kind: 'layout' | 'views' | 'draft'
      key: string
      content: string
      kept_at: string
    }
  }
}

const LARGEST_ITEM = 200_000
const MOST_ITEMS = 500

/** A person's own desk: layouts, saved views, drafts. Nobody else reads it. */
export const desk: Slice = {
  name: 'desk',
  permissions: [],
  commands: [],
  routes: ({ keys }) => [
    answerQuery(readDesk, async ({ db, actor }, { kind, key }) => {
      const row = await db
        .selectFrom('desk_item')
        .select(['content', 'kept_at'])
        .where('staff_id', '=', actor.id)
        .where('kind', '=', kind)
        .where('key', '=', key)
        .executeTakeFirst()
      const text = row && (kind === 'draft' ? await keys.open(db, row.content) : row.content)
      return { body: { content: text ? JSON.parse(text) : null, keptAt: row?.kept_at ?? null }, seen: [] }
    }),
    answerQuery(keepOnDesk, async ({ db, actor, now }, { kind, key, content }) => {
      if (content === null || content === undefined) {
        await db
          .deleteFrom('desk_item')
          .where('staff_id', '=', actor.id)
          .where('kind', '=', kind)
          .where('key', '=', key)
          .execute()
        return { body: { keptAt: null }, seen: [] }
      }
      const text = JSON.stringify(content)
      refuseUnless(text.length <= LARGEST_ITEM, 'input_must_have_the_right_shape', {
        kind: 'invalid',
        field: 'content',
      })
      await refuseFullDesk(db, actor.id, kind, key)
      const kept = {
        content: kind === 'draft' ? await keys.seal(db, actor.id, text) : text,
        kept_at: now.toISOString(),
      }
      await db
        .insertInto('desk_item')
        .values({ staff_id: actor.id, kind, key, ...kept })
        .onConflict(conflict => conflict.columns(['staff_id', 'kind', 'key']).doUpdateSet(kept))
        .execute()
      return { body: { keptAt: kept.kept_at }, seen: [] }
    }),
  ],
}

/** Everybody signed in may keep things here, with no other permission: what one person keeps must not fill the disk. */
async function refuseFullDesk(db: Db, staffId: Id, kind: 'layout' | 'views' | 'draft', key: string) {
  const others = await db
    .selectFrom('desk_item')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('staff_id', '=', staffId)
    .where(eb => eb.not(eb.and([eb('kind', '=', kind), eb('key', '=', key)])))
    .executeTakeFirstOrThrow()
  refuseUnless(Number(others.count) < MOST_ITEMS, 'input_must_have_the_right_shape', {
    kind: 'invalid',
    field: 'key',
    message: `下書きと表示の設定は、一人${MOST_ITEMS}件まで保存できます。不要な下書きを削除してください。`,
  })
}
