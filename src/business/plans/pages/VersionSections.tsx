import { FieldInput, FormSection } from '../../../ui/index.ts'
import { receivableKinds } from '../../contracts/contract.ts'
import {
  feeBaseLabels,
  feeMethodLabels,
  legalKindLabels,
  payoutAfterLabels,
  receivableKindLabels,
  recourseLabels,
  routeLabels,
} from '../../contracts/labels.ts'
import { industryMajorLabels, kindLabels } from '../../parties/labels.ts'
import {
  applicationChannelLabels,
  applicationFormLabels,
  ceilingScopeLabels,
  clientTypeLabels,
  duplicateScopeLabels,
  noticeLabels,
  planDocumentLabels,
  registrationLabels,
  securityLabels,
} from '../labels.ts'
import type { PlanDocument } from '../parameters.ts'
import { AdvertisedRows } from './AdvertisedRows.tsx'
import { ChargeRows, PenaltyRows } from './BoundRows.tsx'
import { ClockInput } from './ClockInput.tsx'
import { HoursInput } from './HoursInput.tsx'
import type { TypedVersion } from './typed-plan.ts'

export const options = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

interface SectionsProps {
  typed: TypedVersion
  set: (part: Partial<TypedVersion>) => void
}

type ChoiceKey = {
  [K in keyof TypedVersion]: TypedVersion[K] extends string ? K : never
}[keyof TypedVersion]
type MultiKey =
  | 'legalKinds'
  | 'collectionRoutes'
  | 'clientTypes'
  | 'receivableKinds'
  | 'duplicateScopes'
  | 'debtorTypes'
  | 'channels'
  | 'forms'
  | 'feeMethods'

/** All that a version says, section by section. */
export function VersionSections(props: SectionsProps) {
  return (
    <>
      <WhoAndWhat {...props} />
      <Price {...props} />
      <Promises {...props} />
      <Law {...props} />
      <Version {...props} />
    </>
  )
}

function inputs({ typed, set }: SectionsProps) {
  return {
    multi: (key: MultiKey, label: string, labels: Readonly<Record<string, string>>, help?: string) => (
      <FieldInput
        field={{
          name: `parameters.${key}`,
          type: 'multi',
          label,
          required: true,
          options: options(labels),
          ...(help ? { help } : {}),
        }}
        value={typed[key]}
        onChange={next => set({ [key]: [...next] } as Partial<TypedVersion>)}
      />
    ),
    choice: (
      key: ChoiceKey,
      label: string,
      labels: Readonly<Record<string, string>>,
      more: { help?: string; why?: string } = {},
    ) => (
      <FieldInput
        field={{
          name: `parameters.${key}`,
          type: 'choice',
          label,
          required: true,
          options: options(labels),
          ...more,
        }}
        value={typed[key]}
        onChange={next => next && set({ [key]: next } as Partial<TypedVersion>)}
      />
    ),
    yen: (key: 'minYen' | 'maxYen' | 'ceilingYen' | 'feeMinimumYen', label: string, help: string) => (
      <FieldInput
        field={{ name: `parameters.${key}`, type: 'yen', label, help }}
        value={typed[key]}
        onChange={next => set({ [key]: next } as Partial<TypedVersion>)}
      />
    ),
    rate: (
      key: 'advancePpm' | 'feeMinPpm' | 'feeMaxPpm' | 'lateRatePpm',
      label: string,
      more: { required?: boolean; example: string; help?: string; why?: string },
    ) => (
      <FieldInput
        field={{ name: `parameters.${key}`, type: 'rate', label, ...more }}
        value={typed[key]}
        onChange={next => set({ [key]: next } as Partial<TypedVersion>)}
      />
    ),
  }
}

function WhoAndWhat(props: SectionsProps) {
  const { typed, set } = props
  const { choice, multi, yen } = inputs(props)
  const kinds = Object.fromEntries(receivableKinds.map(kind => [kind, receivableKindLabels[kind]]))
  return (
    <FormSection title="対象">
      {multi('clientTypes', '対象の利用者', clientTypeLabels)}
      {multi('receivableKinds', '対象債権', kinds, '個人の給与債権は、どの商品でも取り扱えません。')}
      {multi('debtorTypes', '売掛先の種類', kindLabels)}
      {multi('channels', '受付手段', applicationChannelLabels)}
      {multi('forms', '申込書式', applicationFormLabels)}
      <FieldInput
        field={{
          name: 'parameters.industries',
          type: 'multi',
          label: '対象の業種（大分類）',
          options: Object.entries(industryMajorLabels).map(([value, label]) => ({
            value,
            label: `${value} ${label}`,
          })),
          help: '空欄はすべての業種です。選ぶと、業種が未登録の利用者は申し込めません。',
        }}
        value={typed.industries}
        onChange={industries => set({ industries: [...industries] })}
      />
      {multi('legalKinds', '契約形態', legalKindLabels)}
      {multi('collectionRoutes', '回収経路', routeLabels)}
      {yen('minYen', '買取額の下限', '1件の申込で買い取る合計です。空欄は下限なしです。')}
      {yen('maxYen', '買取額の上限', '1件の申込で買い取る合計です。空欄は上限なしです。')}
      <FieldInput
        field={{
          name: 'parameters.maxTenorDays',
          type: 'number',
          label: '期日までの日数の上限',
          unit: '日',
          help: '見積の日から回収期日までの日数です。空欄は上限なしです。',
        }}
        value={typed.maxTenorDays}
        onChange={maxTenorDays => set({ maxTenorDays })}
      />
      <FieldInput
        field={{
          name: 'parameters.multiQuoteMax',
          type: 'number',
          label: '一括見積の社数',
          unit: '社まで',
          help: '1件の申込を送れる提携買取会社の数です。空欄は一括見積をしない商品です。',
        }}
        value={typed.multiQuoteMax}
        onChange={multiQuoteMax => set({ multiQuoteMax })}
      />
      {yen(
        'ceilingYen',
        '商品枠',
        'この商品の申込で同時に持てる与信残高の上限です。承認・買取・支払の前に確かめます。空欄は定めなしです。',
      )}
      {choice('ceilingScope', '商品枠の範囲', ceilingScopeLabels, {
        help: '共有すると、同じ運営会社のすべての商品の与信残高を合わせて、この額までにします。',
      })}
    </FormSection>
  )
}

function Price(props: SectionsProps) {
  const { typed, set } = props
  const { choice, multi, rate, yen } = inputs(props)
  return (
    <FormSection title="料金">
      {rate('advancePpm', '掛目の上限', { required: true, example: '90' })}
      {rate('feeMinPpm', '手数料率の下限', { required: true, example: '2' })}
      {rate('feeMaxPpm', '手数料率の上限', {
        example: '9.8',
        help: '空欄は上限なしです。',
        why: '上限がない、または20%以上の版は、コンプライアンスの承認で適用します。',
      })}
      {choice('feeBase', '手数料の計算対象', feeBaseLabels)}
      {multi('feeMethods', '手数料の計算方法', feeMethodLabels)}
      {yen('feeMinimumYen', '最低手数料', '債権1件ごとの手数料の最低額です。')}
      {rate('lateRatePpm', '遅延損害金の上限（年率）', {
        example: '14.6',
        help: '契約で定められる率の上限です。空欄は法定利率だけにします。',
      })}
      <ChargeRows rows={typed.charges} onChange={charges => set({ charges })} />
      <PenaltyRows rows={typed.penalties} onChange={penalties => set({ penalties })} />
    </FormSection>
  )
}

function Promises({ typed, set }: SectionsProps) {
  return (
    <FormSection title="期限と提出書類">
      <ClockInput
        name="quoteClock"
        label="見積の提示まで"
        value={typed.quoteClock}
        onChange={quoteClock => set({ quoteClock })}
      />
      <ClockInput
        name="decisionClock"
        label="審査の回答まで"
        value={typed.decisionClock}
        onChange={decisionClock => set({ decisionClock })}
      />
      <ClockInput
        name="fundingClock"
        label="実行まで"
        value={typed.fundingClock}
        onChange={fundingClock => set({ fundingClock })}
      />
      <HoursInput value={typed.hours} onChange={hours => set({ hours })} />
      {(['corp', 'sole'] as const)
        .filter(type => typed.clientTypes.includes(type))
        .map(type => (
          <FieldInput
            key={type}
            field={{
              name: 'parameters.documents',
              type: 'multi',
              label: `提出書類（${clientTypeLabels[type]}）`,
              required: true,
              width: 'full',
              options: options(planDocumentLabels),
              help: '申込を登録すると、この一覧が提出書類になります。本人確認は商品で省けません。',
            }}
            value={typed.documents[type]}
            onChange={next => set({ documents: { ...typed.documents, [type]: next as PlanDocument[] } })}
          />
        ))}
    </FormSection>
  )
}

function Law(props: SectionsProps) {
  const { choice, multi } = inputs(props)
  return (
    <FormSection title="対抗要件・償還・担保">
      {choice('notice', '売掛先への通知', noticeLabels)}
      {choice('registration', '債権譲渡登記', registrationLabels, {
        help: '法人の利用者だけが対象です。個人事業主には求めません。',
      })}
      {choice('payoutAfter', '送金の条件', payoutAfterLabels)}
      {multi('duplicateScopes', '二重譲渡の照会', duplicateScopeLabels)}
      {choice('recourse', '償還請求権', recourseLabels, {
        why: '「全部」の版は、コンプライアンスの承認で適用します。',
      })}
      {choice('collateralRequired', '担保', securityLabels, {
        why: '「不要」以外の版は、コンプライアンスの承認で適用します。',
      })}
      {choice('guarantorRequired', '保証人', securityLabels)}
    </FormSection>
  )
}

function Version({ typed, set }: SectionsProps) {
  return (
    <FormSection title="広告の表示と適用">
      <AdvertisedRows rows={typed.advertised} onChange={advertised => set({ advertised })} />
      <FieldInput
        field={{
          name: 'effectiveFrom',
          type: 'date',
          label: '適用開始日',
          help: '空欄は、承認された日からです。過ぎた日は承認の日になります。',
        }}
        value={typed.effectiveFrom}
        onChange={effectiveFrom => set({ effectiveFrom })}
      />
      <FieldInput
        field={{
          name: 'effectiveTo',
          type: 'date',
          label: '適用終了日',
          help: '期間を限る商品だけに入れます。次の版を適用すると、その日から次の版になります。',
        }}
        value={typed.effectiveTo}
        onChange={effectiveTo => set({ effectiveTo })}
      />
      <FieldInput
        field={{
          name: 'note',
          type: 'longText',
          label: 'この版の説明',
          required: true,
          width: 'full',
          maxLength: 500,
          rows: 2,
          example: '手数料の下限を2%から1.8%に下げる',
        }}
        value={typed.note}
        onChange={note => set({ note })}
      />
    </FormSection>
  )
}
