import { AppstoreAddOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import { call } from '../../platform/http/client.ts'
import type { EventField, WebSlice } from '../../platform/web/page.ts'
import { listCustomFields } from './contract.ts'
import { eventLabels, kindLabels, markKindLabels, typeLabels } from './labels.ts'

export { arranged } from './layout.ts'
export { CustomInput } from './pages/CustomInput.tsx'
export { CustomCard, MarkTags } from './pages/CustomTab.tsx'
export { useCustomFields, useFormLayout, useMarks } from './pages/definitions.ts'
export { type FirstOwn, useFirstOwn } from './pages/FirstOwn.tsx'
export { LayoutEditor } from './pages/LayoutEditor.tsx'
export { useOwnColumns } from './pages/own-list-columns.tsx'
export { SetMarksButton } from './pages/SetMarks.tsx'
export { customItems } from './pages/ShownValue.tsx'
export { changedCustom, type TypedCustom, typedCustom } from './pages/typed-custom.ts'

const eventFields: Record<string, EventField> = {
  'mark.status': { label: '独自の状態' },
  'mark.tags': { label: 'タグ' },
  recordKind: { label: '記録の種類', choices: kindLabels },
  fieldType: { label: '形式', choices: typeLabels },
  markKind: { label: '状態・タグ', choices: markKindLabels },
  label: { label: '名前' },
  colour: { label: '色' },
  needsReason: { label: '理由が必要' },
  choices: { label: '選択肢' },
  required: { label: '必須' },
  sensitive: { label: '秘匿' },
  critical: { label: '変更に承認が必要' },
  searchable: { label: '検索' },
  transferable: { label: '出力' },
  inList: { label: '一覧に表示' },
  order: { label: '並び' },
  sections: { label: '見出しと項目' },
}

export const customizationWeb: WebSlice = {
  pages: [
    {
      path: '/customization',
      permission: 'customization.read',
      component: lazy(() => import('./pages/SettingsPage.tsx')),
    },
    {
      path: '/customization/fields/new',
      permission: 'customization.manage',
      component: lazy(() => import('./pages/FieldFormPage.tsx')),
    },
    {
      path: '/customization/fields/$fieldId',
      permission: 'customization.manage',
      component: lazy(() => import('./pages/FieldFormPage.tsx')),
    },
    {
      path: '/custom-values/$recordKind/$recordId',
      permission: 'customization.changeValues',
      component: lazy(() => import('./pages/EditValuesPage.tsx')),
    },
  ],
  nav: [
    {
      key: 'customization',
      group: 'administration',
      order: 35,
      label: '項目・状態の設定',
      icon: <AppstoreAddOutlined />,
      href: '/customization',
      permission: 'customization.manage',
    },
  ],
  tabs: [
    {
      on: 'receivable',
      key: 'custom',
      label: '自社の項目',
      order: 700,
      permission: 'customization.read',
      component: lazy(() => import('./pages/ReceivableCustomTab.tsx')),
    },
  ],
  bulk: [
    {
      on: 'party',
      key: 'customization',
      order: 10,
      permission: 'customization.setMarks',
      component: lazy(() => import('./pages/BulkTags.tsx')),
    },
  ],
  eventLabels,
  eventFields,
  loadEventFields,
  recordHref: {
    custom_field: () => '/customization',
    mark: () => '/customization',
    form_layout: () => '/customization/layout',
  },
}

/** Custom fields in events, by the names they have now. */
async function loadEventFields(signal: AbortSignal): Promise<Readonly<Record<string, EventField>>> {
  const { fields } = await call(listCustomFields, {}, { signal })
  return Object.fromEntries(fields.map(field => [`custom.${field.key}`, { label: field.label }]))
}
