import type { FieldDescription, FieldSource } from '../../../platform/fields.ts'
import { useFieldGuides } from '../../../platform/web/catalogue.ts'
import { ActionButton, Card, PageHeader, ScrollBox, Stack } from '../../../ui/index.ts'
import type { CustomField } from '../../customization/contract.ts'
import { kindLabels as customKindLabels } from '../../customization/labels.ts'
import { customKinds } from '../../customization/tables.ts'
import { useCustomFields } from '../../customization/web.tsx'
import { kindLabels, stageLabels } from '../labels.ts'
import type { PartyKind } from '../tables.ts'

const typeWords: Record<FieldDescription['type'], string> = {
  text: '文字',
  longText: '文章',
  kana: '全角カナ',
  yen: '円（整数）',
  number: '整数',
  ppm: '割合',
  date: '日付',
  monthDay: '月日',
  choice: '選択',
  multiChoice: '複数選択',
  boolean: 'はい・いいえ',
  phone: '電話番号',
  postalCode: '郵便番号',
  address: '住所',
  corporateNumber: '法人番号',
  invoiceRegNo: '登録番号',
  email: 'メール',
  url: 'URL',
  file: 'ファイル',
  staff: '社員',
}

const sourceWords: Record<FieldSource, string> = {
  reg: '登記',
  inv: '適格請求書の公表サイト',
  gbiz: 'gBizINFO',
  doc: '書類',
  dec: '顧客の申告',
  staff: '当社の担当者',
  ext: '外部の提供元',
  bank: '銀行',
  sys: 'システム',
}

/** 入力ガイド: every described item with what to write, an example and why it is asked; generated, so that it is never out of date. */
export default function InputGuidePage() {
  const guides = useFieldGuides()
  const custom = useCustomFields()
  return (
    <div className="ui-print">
      <PageHeader
        title="入力ガイド"
        detail="各項目に何を書くか、なぜ聞くか。画面の説明と同じ内容です"
        actions={
          <ActionButton disabledReason={null} onClick={() => window.print()}>
            印刷する
          </ActionButton>
        }
      />
      <Stack>
        {guides.flatMap(guide =>
          guide.sections
            .filter(section => section.fields.length > 0)
            .map(section => (
              <Card key={`${guide.key}-${section.title}`} title={`${guide.title}：${section.title}`} flush>
                <GuideTable label={`${guide.title} ${section.title}`} fields={section.fields} />
              </Card>
            )),
        )}
        {ownGuides(custom ?? []).map(({ title, fields }) => (
          <Card key={title} title={title} flush>
            <GuideTable label={title} fields={fields} />
          </Card>
        ))}
      </Stack>
    </div>
  )
}

/** The fields the company has defined itself, described as the program's own are. */
function ownGuides(custom: readonly CustomField[]): { title: string; fields: FieldDescription[] }[] {
  return customKinds
    .map(kind => ({
      title: `${customKindLabels[kind]}：追加項目`,
      fields: custom.filter(field => field.recordKind === kind).map(described),
    }))
    .filter(guide => guide.fields.length > 0)
}

function described(field: CustomField): FieldDescription {
  return {
    name: `custom.${field.key}`,
    column: null,
    label: { ja: field.label, en: field.label },
    type: field.type,
    ...(field.help ? { help: field.help } : {}),
    ...(field.example ? { example: field.example } : {}),
    ...(field.why ? { why: field.why } : {}),
    ...(field.choices.length ? { choices: field.choices.filter(choice => !choice.retired) } : {}),
    personal: field.sensitive ? 'personal' : 'none',
    ...(field.sensitive ? { encrypted: true } : {}),
    ...(field.critical ? { critical: true } : {}),
    ...(field.required ? { requiredFrom: 'prospect' as const } : {}),
    retention: 'relation_end_7y',
    columns: field.transferable ? [field.label] : [],
  }
}

function GuideTable({ label, fields }: { label: string; fields: readonly FieldDescription[] }) {
  return (
    <ScrollBox label={label}>
      <table className="ui-guide">
        <caption className="ui-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col">項目</th>
            <th scope="col">形式</th>
            <th scope="col">必須になる段階</th>
            <th scope="col">書き方と例</th>
            <th scope="col">なぜ聞くか</th>
            <th scope="col">情報のもと</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(field => (
            <tr key={field.name}>
              <th scope="row">
                {field.label.ja}
                {marks(field) && <span className="ui-facts-note">{marks(field)}</span>}
              </th>
              <td>
                {typeWords[field.type]}
                {field.maxLength && <span className="ui-facts-note">{field.maxLength}字まで</span>}
              </td>
              <td>{requiredText(field)}</td>
              <td>
                {field.help}
                {field.choices && (
                  <span className="ui-facts-note">
                    {field.choices.map(choice => choice.label).join('・')}
                  </span>
                )}
                {field.example && <span className="ui-facts-note">例：{field.example}</span>}
              </td>
              <td>{field.why}</td>
              <td>{field.sources?.map(source => sourceWords[source]).join('、')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

/** What a change of the item needs, and how it is kept. */
function marks(field: FieldDescription): string {
  return [
    field.critical && '変更は承認が必要',
    field.evidence && '変更は裏付け資料が必要',
    field.encrypted && '暗号化して保存',
    field.personal === 'special' && '要配慮',
  ]
    .filter(Boolean)
    .join('・')
}

function requiredText(field: FieldDescription): string {
  if (!field.requiredFrom) return '任意'
  const kinds = field.requiredWhen?.in.map(kind => kindLabels[kind as PartyKind] ?? kind).join('・')
  return `${stageLabels[field.requiredFrom]}から${kinds ? `（${kinds}）` : ''}`
}
