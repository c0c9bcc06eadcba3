import { useApi } from '../../../platform/web/api.ts'
import { Loaded, LoadingState, PageHeader } from '../../../ui/index.ts'
import { readLayout } from '../../customization/contract.ts'
import { LayoutEditor, useCustomFields } from '../../customization/web.tsx'
import { labelOfField, movable, partyLayout } from './party-layout.ts'

/** Headings and order of the fields of a customer's form and page, for the whole company. */
export default function FormLayoutPage() {
  const custom = useCustomFields('party')
  const layout = useApi(readLayout, { recordKind: 'party' })
  return (
    <>
      <PageHeader
        title="顧客の入力欄の並び"
        detail="全員の登録・変更画面と顧客ページに使われます"
        crumbs={[{ label: '項目・状態の設定', href: '/customization' }]}
      />
      {custom === null ? (
        <LoadingState rows={12} />
      ) : (
        <Loaded from={layout} rows={12}>
          {answer => (
            <LayoutEditor
              key={answer.rowVersion}
              kind="party"
              rowVersion={answer.rowVersion}
              own={answer.sections !== null}
              sections={movable(partyLayout(custom, answer.sections))}
              labelOf={labelOfField(custom)}
            />
          )}
        </Loaded>
      )}
    </>
  )
}
