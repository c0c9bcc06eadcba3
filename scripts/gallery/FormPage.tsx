import { useState } from 'react'
import {
  type BoolField,
  type ChoiceField,
  type DateField,
  FieldInput,
  type FileField,
  FormSection,
  FormShell,
  type LongTextField,
  type MultiField,
  PageHeader,
  type Problem,
  type RateField,
  type TextField,
  type YenField,
} from '../../src/ui/index.ts'

const legalName: TextField = {
  name: 'legalName',
  label: '商号',
  type: 'text',
  required: true,
  example: '株式会社髙橋電設工業',
  help: '登記簿のとおりに入力します。略称や屋号は「通称」に入れてください。',
}
const reading: TextField = { name: 'reading', label: '商号のカナ', type: 'kana', required: true }
const number: TextField = {
  name: 'corporateNumber',
  label: '法人番号',
  type: 'code',
  example: '7010601034567',
  maxLength: 13,
}
const founded: DateField = {
  name: 'foundedOn',
  label: '設立日',
  type: 'date',
  why: '犯罪収益移転防止法の確認事項です',
}
const capital: YenField = { name: 'capital', label: '資本金', type: 'yen', example: '1,000万' }
const rate: RateField = { name: 'rate', label: '希望手数料率', type: 'rate' }
const kind: ChoiceField = {
  name: 'kind',
  label: '事業の形',
  type: 'choice',
  required: true,
  options: [
    { value: 'company', label: '法人' },
    { value: 'sole', label: '個人事業主' },
  ],
}
const industry: ChoiceField = {
  name: 'industry',
  label: '業種',
  type: 'choice',
  options: [
    '建設業',
    '製造業',
    '運輸業・郵便業',
    '卸売業・小売業',
    '医療・福祉',
    '情報通信業',
    'サービス業（他に分類されないもの）',
  ].map(label => ({ value: label, label })),
}
const channels: MultiField = {
  name: 'channels',
  label: '連絡方法',
  type: 'multi',
  options: ['電話', 'メール', '郵送', 'SMS'].map(label => ({ value: label, label })),
}
const consent: BoolField = {
  name: 'consent',
  label: '同意',
  type: 'bool',
  sentence: '個人情報の取扱いについて説明し、同意を得ました',
  required: true,
}
const memo: LongTextField = { name: 'memo', label: 'メモ', type: 'longText', width: 'full' }
const files: FileField = {
  name: 'files',
  label: '登記事項証明書',
  type: 'file',
  accept: ['.pdf', '.jpg', '.png'],
  maxBytes: 10_485_760,
  many: true,
  width: 'full',
}

const refused: Problem = {
  kind: 'invalid',
  title: '入力に誤りがあります',
  requestId: '01J9-4F2A',
  reasons: [
    {
      code: 'corporate_number_check_digit',
      field: 'corporateNumber',
      sentence: '検査数字が合いません。13桁をもう一度お確かめください。',
    },
    {
      code: 'consent_required',
      field: 'consent',
      sentence: '同意を得てから登録してください。',
      source: '個人情報保護法 第27条',
    },
  ],
}

export function FormPage() {
  const [name, setName] = useState('株式会社髙橋電設工業')
  const [kana, setKana] = useState('ﾀｶﾊｼﾃﾞﾝｾﾂｺｳｷﾞｮｳ')
  const [code, setCode] = useState('7010601034560')
  const [date, setDate] = useState<string | null>('1998-04-01')
  const [yen, setYen] = useState<number | null>(10_000_000)
  const [ppm, setPpm] = useState<number | null>(38_000)
  const [shape, setShape] = useState<string | null>('company')
  const [trade, setTrade] = useState<string | null>(null)
  const [ways, setWays] = useState<readonly string[]>(['電話'])
  const [agreed, setAgreed] = useState(false)
  const [text, setText] = useState('')
  const [papers, setPapers] = useState<readonly File[]>([])
  return (
    <>
      <PageHeader title="顧客を登録" crumbs={[{ label: '顧客', href: '#list' }]} />
      <FormShell
        label="顧客の登録"
        loading={false}
        submitError={refused}
        submitting={false}
        submitLabel="登録する"
        submitDisabledReason={null}
        onSubmit={() => undefined}
        onCancel={() => undefined}
        dirty
        draft={location.hash.endsWith('/failing') ? { state: 'failed' } : { state: 'saved', time: '12:34' }}
        footnote="既存の商号と似ているときは、登録の前に知らせます。"
      >
        <FormSection title="基本情報" hint="登記と同じ書き方で入力してください。">
          <FieldInput
            field={legalName}
            value={name}
            onChange={setName}
            check={async () => ({ level: 'warning', sentence: '似た名前の顧客がいます：C-000981 高橋電設' })}
          />
          <FieldInput field={reading} value={kana} onChange={setKana} />
          <FieldInput field={kind} value={shape} onChange={setShape} />
          <FieldInput field={number} value={code} onChange={setCode} />
          <FieldInput field={founded} value={date} onChange={setDate} />
          <FieldInput field={capital} value={yen} onChange={setYen} />
          <FieldInput field={industry} value={trade} onChange={setTrade} />
          <FieldInput field={rate} value={ppm} onChange={setPpm} />
        </FormSection>
        <FormSection title="連絡と書類">
          <FieldInput field={channels} value={ways} onChange={setWays} />
          <FieldInput field={consent} value={agreed} onChange={setAgreed} />
          <FieldInput field={memo} value={text} onChange={setText} />
          <FieldInput field={files} value={papers} onChange={setPapers} />
        </FormSection>
      </FormShell>
    </>
  )
}
