import { AuditOutlined, SwapOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { penaltyTriggerLabels } from '../contracts/labels.ts'
import {
  costKindLabels,
  eventLabels,
  groundLabels,
  liableLabels,
  matchStateLabels,
  methodLabels,
  waivableLabels,
} from './labels.ts'

export const reconciliationWeb: WebSlice = {
  pages: [
    {
      path: '/reconciliation',
      permission: 'reconciliation.read',
      component: lazy(() => import('./pages/WorkbenchPage.tsx')),
    },
    {
      path: '/reconciliation/matches',
      permission: 'reconciliation.read',
      component: lazy(() => import('./pages/MatchesPage.tsx')),
    },
    {
      path: '/reconciliation/aliases',
      permission: 'reconciliation.read',
      component: lazy(() => import('./pages/AliasesPage.tsx')),
    },
    {
      path: '/book-proofs',
      permission: 'reconciliation.read',
      component: lazy(() => import('./pages/BookProofPage.tsx')),
    },
  ],
  nav: [
    {
      key: 'reconciliation',
      group: 'money',
      order: 40,
      label: '消込',
      icon: <SwapOutlined aria-hidden="true" />,
      href: '/reconciliation',
      permission: 'reconciliation.read',
    },
    {
      key: 'book-proofs',
      group: 'money',
      order: 95,
      label: '帳簿の照合',
      icon: <AuditOutlined aria-hidden="true" />,
      href: '/book-proofs',
      permission: 'reconciliation.read',
    },
  ],
  tabs: [
    {
      on: 'party',
      key: 'client-debts',
      label: '債務・請求',
      order: 725,
      permission: 'reconciliation.read',
      component: lazy(() => import('./pages/PartyDebtsTab.tsx')),
    },
    {
      on: 'receivable',
      key: 'matches',
      label: '入金・消込',
      order: 300,
      permission: 'reconciliation.read',
      component: lazy(() => import('./pages/ReceivableMatchesTab.tsx')),
    },
    {
      on: 'receivable',
      key: 'client-debts',
      label: '利用者の債務',
      order: 310,
      permission: 'reconciliation.read',
      component: lazy(() => import('./pages/ClientDebtsTab.tsx')),
    },
  ],
  eventLabels,
  eventFields: {
    state: { label: '状態', choices: matchStateLabels },
    method: { label: '方法', choices: methodLabels },
    boughtYen: { label: '買取部分', unit: 'yen' },
    fromReserveYen: { label: '留保金から', unit: 'yen' },
    clientClaimYen: { label: '利用者への請求', unit: 'yen' },
    trigger: { label: '違約金の事由', choices: penaltyTriggerLabels },
    penaltyYen: { label: '違約金', unit: 'yen' },
    happenedOn: { label: '発生日' },
    waivedItem: { label: '免除した項目', choices: waivableLabels },
    waivedYen: { label: '免除額', unit: 'yen' },
    waivedOn: { label: '免除日' },
    setOffYen: { label: '相殺額', unit: 'yen' },
    setOffOn: { label: '相殺の効力日' },
    noticeOn: { label: '意思表示の到達日' },
    basis: { label: '相殺の根拠' },
    ground: { label: '事由', choices: groundLabels },
    takenOn: { label: '効力日' },
    dueOn: { label: '利用者の支払期日' },
    openYen: { label: '未回収額', unit: 'yen' },
    owedYen: { label: '利用者への請求', unit: 'yen' },
    refundYen: { label: '利用者へ返す額', unit: 'yen' },
    costKind: { label: '費用の種類', choices: costKindLabels },
    costYen: { label: '立替費用', unit: 'yen' },
    liable: { label: '負担する人', choices: liableLabels },
    paidOn: { label: '支払日' },
    claimsChecked: { label: '照合した債権' },
    differenceCount: { label: '不一致' },
  },
}
