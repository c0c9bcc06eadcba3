import { listExport } from '../../platform/list-export.ts'
import { customFieldsOf } from '../customization/index.ts'
import { listParties, type PartyRow } from './contract.ts'
import { kindLabels, roleLabels, stageLabels, statusLabels } from './labels.ts'

const partyList = (role: 'client' | 'debtor', label: string) => ({
  rowsAre: 'party',
  ...listExport(
    `parties.${role}`,
    label,
    listParties,
    [
      { key: 'legalName', title: '名称', value: row => row.legalName },
      { key: 'partyNo', title: '番号', value: row => row.partyNo },
      { key: 'roles', title: '役割', value: row => row.roles.map(one => roleLabels[one]).join('・') },
      { key: 'stage', title: '段階', value: row => stageLabels[row.stage] },
      { key: 'status', title: '状態', value: row => statusLabels[row.status] },
      { key: 'corporateNumber', title: '法人番号', value: row => row.corporateNumber },
      { key: 'kana', title: 'フリガナ', value: row => row.legalNameKana },
      { key: 'pref', title: '都道府県', value: row => row.pref },
      { key: 'place', title: '市区町村', value: row => row.city },
      { key: 'complete', title: '必須項目（%）', kind: 'number', value: row => row.completePercent },
      { key: 'missing', title: '足りない項目', kind: 'number', value: row => row.missingCount },
      { key: 'owner', title: '担当者', value: row => row.owner.name },
      { key: 'registeredAt', title: '登録日', kind: 'date', value: row => row.registeredAt.slice(0, 10) },
      { key: 'kind', title: '区分', value: row => kindLabels[row.partyKind] },
      { key: 'tradeName', title: '屋号・通称', value: row => row.tradeName },
      { key: 'records', title: '登録の数', kind: 'number', value: row => row.recordCount },
    ],
    { role },
    async db => [
      {
        key: 'marks',
        title: '独自の状態・タグ',
        value: row => row.marks.map(mark => mark.label).join('・'),
      },
      ...(await customFieldsOf(db, 'party', { inUse: true }))
        .filter(field => field.transferable)
        .map(field => ({
          key: `custom.${field.key}`,
          title: field.label,
          value: (row: PartyRow) => row.custom[field.key],
        })),
    ],
  ),
})

/** 顧客 and 売掛先, one row a company. */
export const lists = [partyList('client', '顧客'), partyList('debtor', '売掛先')]
