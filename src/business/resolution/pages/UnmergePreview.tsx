import { Suspense } from 'react'
import type { z } from 'zod'
import { useApi } from '../../../platform/web/api.ts'
import { useOfferedPanels } from '../../../platform/web/catalogue.ts'
import { useSession } from '../../../platform/web/session.ts'
import { KeyValue, Loaded, Notice, ScrollBox, Stack, StatusTag, yenText } from '../../../ui/index.ts'
import { limitKindLabels } from '../../credit/labels.ts'
import { previewUnmerge } from '../contract.ts'

type Preview = z.output<typeof previewUnmerge.output>

/** Before an unmerge is asked for: which companies there will be, and what becomes of limits, exposure and alerts. */
export function UnmergePreview({ mergeId }: { mergeId: string }) {
  const preview = useApi(previewUnmerge, { mergeId })
  return (
    <Loaded from={preview} rows={5}>
      {value => <Shown preview={value} />}
    </Loaded>
  )
}

function Shown({ preview }: { preview: Preview }) {
  const { companies, limits, conflicts } = preview
  const { permissions } = useSession()
  const panels = useOfferedPanels('unmerge-preview', permissions)
  const nameOf = (companyId: string) => {
    const members = companies.find(company => company.companyId === companyId)?.members ?? []
    return members.map(member => `${member.partyNo} ${member.legalName}`).join('、')
  }
  const over = (limits ?? []).filter(
    limit => limit.limitYen !== null && (limit.exposureAfterYen ?? 0) > limit.limitYen,
  )
  return (
    <Stack>
      <KeyValue
        items={companies.map((company, at) => ({
          key: company.companyId,
          label: `解除後の会社 ${at + 1}`,
          value: nameOf(company.companyId),
          wide: true,
        }))}
      />
      {over.length > 0 && (
        <Notice tone="warning" title="解除すると与信枠を超えます">
          {over.map(limit => (
            <p key={limit.limitNo}>
              {limit.limitNo}：枠 {yenText(limit.limitYen ?? 0)}、解除後の与信残高{' '}
              {yenText(limit.exposureAfterYen ?? 0)}
            </p>
          ))}
        </Notice>
      )}
      {limits === null && <p className="ui-faint">与信枠は、閲覧の権限がないため表示していません。</p>}
      {limits?.length === 0 && <p className="ui-faint">これらの記録に与信枠はありません。</p>}
      {limits && limits.length > 0 && (
        <ScrollBox label="解除後の与信枠">
          <table className="ui-plain-table">
            <caption className="ui-hidden">解除後の与信枠と与信残高</caption>
            <thead>
              <tr>
                <th scope="col">解除後の会社</th>
                <th scope="col">与信枠</th>
                <th scope="col">金額</th>
                <th scope="col">いま</th>
                <th scope="col">解除後</th>
                <th scope="col">与信残高（いま → 解除後）</th>
              </tr>
            </thead>
            <tbody>
              {limits.map(limit => (
                <tr key={limit.limitNo}>
                  <td>{nameOf(limit.companyId)}</td>
                  <td>
                    {limitKindLabels[limit.limitKind]}
                    {limit.otherName && `（${limit.otherName}）`}
                    <br />
                    <span className="ui-faint">{limit.limitNo}</span>
                  </td>
                  <td>
                    {limit.limitYen === null ? `${(limit.limitPpm ?? 0) / 10_000}%` : yenText(limit.limitYen)}
                  </td>
                  <td>
                    <InForce is={limit.inForceNow} />
                  </td>
                  <td>
                    <InForce is={limit.inForceAfter} />
                  </td>
                  <td>
                    {yen(limit.exposureNowYen)} → {yen(limit.exposureAfterYen)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
      {panels.map(panel => (
        <Suspense key={panel.key} fallback={null}>
          <panel.component typed={{ companies }} fill={() => {}} />
        </Suspense>
      ))}
      {conflicts.length > 0 && (
        <Notice tone="neutral" title="統合後に変更された項目（解除しても各記録に残ります）">
          {conflicts.map(conflict => (
            <p key={`${conflict.partyId} ${conflict.label}`}>
              {conflict.partyNo}　{conflict.label}：{conflict.atMerge ?? '（なし）'} →{' '}
              {conflict.now ?? '（なし）'}
            </p>
          ))}
        </Notice>
      )}
    </Stack>
  )
}

function InForce({ is }: { is: boolean }) {
  return is ? <StatusTag tone="success" word="有効" /> : <StatusTag tone="neutral" word="適用外" />
}

function yen(value: number | null): string {
  return value === null ? '—' : yenText(value)
}
