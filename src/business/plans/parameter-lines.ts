import {
  feeBaseLabels,
  feeMethodLabels,
  legalKindLabels,
  payoutAfterLabels,
  penaltyTriggerLabels,
  receivableKindLabels,
  recourseLabels,
  routeLabels,
} from '../contracts/labels.ts'
import { industryMajorLabels, kindLabels } from '../parties/labels.ts'
import {
  applicationChannelLabels,
  applicationFormLabels,
  ceilingScopeLabels,
  clientTypeLabels,
  clockEventLabels,
  clockUnitLabels,
  duplicateScopeLabels,
  noticeLabels,
  planDocumentLabels,
  registrationLabels,
  securityLabels,
} from './labels.ts'
import {
  type Advertised,
  applicationChannels,
  type PlanClock,
  type PlanDocument,
  type PlanParameters,
} from './parameters.ts'
import { boundWords } from './rules/terms-under-plan.ts'

const percent = (value: number) => `${value / 10_000}%`
const yenWords = (value: number) => `${value.toLocaleString('ja-JP')}円`
const listed = (words: readonly string[]) => words.join('、') || 'なし'
const documents = (kinds: readonly PlanDocument[]) => listed(kinds.map(kind => planDocumentLabels[kind]))

/** Hours in words; the company's where a plan has none of its own. */
export function planHoursWords(hours: { opensAt: string; closesAt: string; days: string } | null): string {
  if (hours === null) return '会社の営業時間'
  return `${hours.days === 'every_day' ? '毎日' : hours.days === 'weekends_only' ? '土日を除く日' : '営業日'} ${hours.opensAt}〜${hours.closesAt}`
}

export function clockWords(clock: PlanClock | null): string {
  if (clock === null) return '標準'
  const length =
    clock.unit === 'same_day' ? clockUnitLabels.same_day : `${clock.value}${clockUnitLabels[clock.unit]}`
  return clock.startsAt === 'submitted' ? length : `${length}（${clockEventLabels[clock.startsAt]}から）`
}

/** An amount range in words: 10万円〜 would round, so the yen are written out. */
export function amountRange(minYen: number | null, maxYen: number | null): string {
  if (minYen === null && maxYen === null) return '制限なし'
  return `${minYen === null ? '下限なし' : yenWords(minYen)}〜${maxYen === null ? '上限なし' : yenWords(maxYen)}`
}

export function feeRange(minPpm: number, maxPpm: number | null): string {
  return `${percent(minPpm)}〜${maxPpm === null ? '上限なし' : percent(maxPpm)}`
}

/** Every parameter in words, in the order in which a plan is read. */
const parameterWords: readonly [string, string, (parameters: PlanParameters) => string][] = [
  ['legalKinds', '契約形態', one => listed(one.legalKinds.map(kind => legalKindLabels[kind]))],
  ['collectionRoutes', '回収経路', one => listed(one.collectionRoutes.map(route => routeLabels[route]))],
  ['clientTypes', '対象の利用者', one => listed(one.clientTypes.map(type => clientTypeLabels[type]))],
  ['receivableKinds', '対象債権', one => listed(one.receivableKinds.map(kind => receivableKindLabels[kind]))],
  ['debtorTypes', '売掛先の種類', one => listed(one.debtorTypes.map(kind => kindLabels[kind]))],
  [
    'industries',
    '対象の業種',
    one =>
      one.industries.length === 0
        ? 'すべて'
        : listed(one.industries.map(letter => `${letter} ${industryMajorLabels[letter]}`)),
  ],
  [
    'channels',
    '受付手段',
    one =>
      one.channels.length === applicationChannels.length
        ? 'すべて'
        : listed(one.channels.map(channel => applicationChannelLabels[channel])),
  ],
  ['forms', '申込書式', one => listed(one.forms.map(form => applicationFormLabels[form]))],
  ['amounts', '買取額（1件の申込）', one => amountRange(one.minYen, one.maxYen)],
  [
    'ceilingYen',
    '商品枠',
    one =>
      one.ceilingYen === null
        ? '定めなし'
        : `${yenWords(one.ceilingYen)}${one.ceilingScope === 'operator' ? `（${ceilingScopeLabels.operator}）` : ''}`,
  ],
  ['advancePpm', '掛目の上限', one => percent(one.advancePpm)],
  [
    'fee',
    '手数料率',
    one => `${feeRange(one.feeMinPpm, one.feeMaxPpm)}（${feeBaseLabels[one.feeBase]}に対し）`,
  ],
  ['feeMinimumYen', '最低手数料', one => yenWords(one.feeMinimumYen)],
  ['feeMethods', '手数料の計算方法', one => listed(one.feeMethods.map(method => feeMethodLabels[method]))],
  [
    'charges',
    '諸費用（利用者負担）',
    one =>
      one.charges === null
        ? '定めなし'
        : listed(one.charges.map(charge => `${charge.kind} ${yenWords(charge.mostYen)}まで`)),
  ],
  [
    'penalties',
    '違約金',
    one =>
      one.penalties === null
        ? '定めなし'
        : listed(
            one.penalties.map(penalty => `${penaltyTriggerLabels[penalty.trigger]} ${boundWords(penalty)}`),
          ),
  ],
  [
    'maxTenorDays',
    '期日までの日数',
    one => (one.maxTenorDays === null ? '上限なし' : `${one.maxTenorDays}日以内`),
  ],
  ['multiQuoteMax', '一括見積', one => (one.multiQuoteMax === null ? 'なし' : `${one.multiQuoteMax}社まで`)],
  ['quoteClock', '見積の提示まで', one => clockWords(one.quoteClock)],
  ['decisionClock', '審査の回答まで', one => clockWords(one.decisionClock)],
  ['fundingClock', '実行まで', one => clockWords(one.fundingClock)],
  ['hours', '営業時間', one => planHoursWords(one.hours)],
  [
    'documentsCorp',
    '提出書類（法人）',
    one => (one.clientTypes.includes('corp') ? documents(one.documents.corp) : '対象外'),
  ],
  [
    'documentsSole',
    '提出書類（個人事業主）',
    one => (one.clientTypes.includes('sole') ? documents(one.documents.sole) : '対象外'),
  ],
  ['registration', '債権譲渡登記（法人のみ）', one => registrationLabels[one.registration]],
  ['notice', '売掛先への通知', one => noticeLabels[one.notice]],
  ['payoutAfter', '送金の条件', one => payoutAfterLabels[one.payoutAfter]],
  [
    'duplicateScopes',
    '二重譲渡の照会',
    one => listed(one.duplicateScopes.map(scope => duplicateScopeLabels[scope])),
  ],
  ['recourse', '償還請求権', one => recourseLabels[one.recourse]],
  ['collateralRequired', '担保', one => securityLabels[one.collateralRequired]],
  ['guarantorRequired', '保証人', one => securityLabels[one.guarantorRequired]],
  [
    'lateRatePpm',
    '遅延損害金の上限',
    one => (one.lateRatePpm === null ? '法定利率' : `年${percent(one.lateRatePpm)}`),
  ],
]

export const parameterLines = (parameters: PlanParameters) =>
  parameterWords.map(([key, label, words]) => ({ key, label, value: words(parameters) }))

export interface VersionWords {
  parameters: PlanParameters
  advertised: readonly Advertised[]
  effectiveFrom: string | null
  effectiveTo: string | null
}

/** All that two versions may differ in, line by line in words: dates, parameters and advertised facts. */
export function versionLines(version: VersionWords) {
  return [
    { key: 'effectiveFrom', label: '適用開始日', value: version.effectiveFrom ?? '承認の日' },
    { key: 'effectiveTo', label: '適用終了日', value: version.effectiveTo ?? '定めなし' },
    ...parameterLines(version.parameters),
    {
      key: 'advertised',
      label: '広告の表示',
      value: listed(
        version.advertised.map(one => `${one.text}${one.figure && ` ${one.figure}`}（${one.source}）`),
      ),
    },
  ]
}

/** What changes from one version to the next, for a request and for the page; everything when there is none before. */
export function versionChanges(before: VersionWords | null, after: VersionWords) {
  const old = new Map(before ? versionLines(before).map(line => [line.key, line.value]) : [])
  return versionLines(after)
    .filter(line => old.get(line.key) !== line.value)
    .map(line => ({ ...line, old: old.get(line.key) ?? null }))
}
