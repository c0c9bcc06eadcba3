import { FileTextOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { claimNatureLabels } from '../access/labels.ts'
import { claimSections, particularsFields } from './fields.ts'
import {
  duplicateLabels,
  eventLabels,
  perfectionLabels,
  receivableStateLabels,
  restrictionLabels,
} from './labels.ts'

export { OfferForm } from './pages/OfferForm.tsx'
export { PurchaseBar } from './pages/PurchaseBar.tsx'
export { DuplicateTag, ReceivableStateTag } from './pages/receivable-words.tsx'

export const receivablesWeb: WebSlice = {
  pages: [
    {
      path: '/receivables',
      permission: 'receivables.read',
      component: lazy(() => import('./pages/ReceivablesPage.tsx')),
    },
    {
      path: '/receivables/new',
      permission: 'receivables.register',
      component: lazy(() => import('./pages/OfferPage.tsx')),
    },
    {
      path: '/receivables/$receivableId',
      permission: 'receivables.read',
      component: lazy(() => import('./pages/ReceivablePage.tsx')),
    },
  ],
  nav: [
    {
      key: 'receivables',
      group: 'money',
      order: 20,
      label: '債権',
      icon: <FileTextOutlined />,
      href: '/receivables',
      permission: 'receivables.read',
    },
  ],
  tabs: [
    {
      on: 'party',
      key: 'receivables',
      label: '債権',
      order: 650,
      permission: 'receivables.read',
      component: lazy(() => import('./pages/ReceivablesTab.tsx')),
    },
  ],
  guide: [
    {
      key: 'claim',
      title: '債権',
      order: 66,
      sections: [{ title: claimSections.particulars, fields: Object.values(particularsFields) }],
    },
  ],
  eventLabels,
  eventFields: {
    state: { label: '状態', choices: receivableStateLabels },
    duplicateResult: { label: '重複の照合', choices: duplicateLabels },
    verdict: { label: '判断', choices: { same: '同じ債権', different: '別の債権' } },
    registrationNo: { label: '登記番号' },
    registeredAt: { label: '登記の日時' },
    registrationExpiresOn: { label: '存続期間の満了日' },
    claimTypeCode: { label: '債権の種類コード' },
    claimNature: { label: '債権の法的性質', choices: claimNatureLabels },
    perfection: { label: '対抗要件', choices: perfectionLabels },
    assignmentRestriction: { label: '譲渡制限特約', choices: restrictionLabels },
    on: { label: '到達日' },
    transactionFrom: { label: '取引期間（開始）' },
    transactionTo: { label: '取引期間（終了）' },
    acceptedOn: { label: '検収日' },
    receivedOn: { label: '受領日' },
    issuerRegNo: { label: '請求書の登録番号' },
    taxes: { label: '税率ごとの金額' },
    toritekiFlag: { label: '取適法の対象', choices: { true: '対象', false: '対象外' } },
    disputeYen: { label: '争いのある金額', unit: 'yen' },
    limitationOn: { label: '時効の完成日' },
    limitationEvent: { label: '時効の猶予・更新' },
    happenedOn: { label: 'その日' },
    payableOn: { label: '回収期日' },
    purchasedYen: { label: '買取額', unit: 'yen' },
    advanceYen: { label: '前払額', unit: 'yen' },
    feeYen: { label: '手数料', unit: 'yen' },
    reserveYen: { label: '留保金', unit: 'yen' },
    netYen: { label: '今回支払う代金', unit: 'yen' },
  },
  recordHref: { receivable: id => `/receivables/${id}` },
}
