import { found } from '../../platform/commands/refusal.ts'
import type { FileAnswer, QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { a4Sheet, sectionTitle, sheetTable } from '../../platform/pdf.ts'
import type { Services } from '../../platform/slice.ts'
import { currentCompany, isRole, roleLabels, staffNames } from '../access/index.ts'
import { authorityInForce, furtherApprovalsInForce } from '../approvals/index.ts'
import { stageRule } from '../parties/index.ts'
import type { Policy, PolicyVersion } from './contract.ts'
import { heldApprovals, heldDeciders, heldRequirable, heldRequiredItems } from './held.ts'
import { departmentLabels, directionLabels, stateLabels } from './labels.ts'
import { departments, kpis, retentionItems } from './rules.ts'
import './tables.ts'

const VERSIONS_SHOWN = 50

export async function policy(
  services: Pick<Services, 'permissions'>,
  { db }: QueryContext,
): Promise<Seen<Policy>> {
  const versions = await versionsOf(db, services)
  const rule = await stageRule(db)
  const further = await furtherApprovalsInForce(db)
  const requiredItems = heldRequiredItems(rule)
  const approvals = heldApprovals(services)
  const inForce = versions.find(version => version.state === 'in_force')
  const said = JSON.stringify([inForce?.requiredItems, inForce?.approvals])
  return {
    body: {
      versions,
      requiredItems,
      approvals,
      requirable: heldRequirable(rule),
      enforced: rule.enforced,
      furtherApprovals: further,
      authority: await authorityInForce(db),
      deciders: heldDeciders(services),
      differs: inForce !== undefined && said !== JSON.stringify([requiredItems, approvals]),
    },
    seen: [],
  }
}

async function versionsOf(
  db: QueryContext['db'],
  services: Pick<Services, 'permissions'>,
): Promise<PolicyVersion[]> {
  const rows = await db
    .selectFrom('policy_version')
    .selectAll()
    .orderBy('version_no', 'desc')
    .limit(VERSIONS_SHOWN)
    .execute()
  if (rows.length === 0) return []
  const given = await db
    .selectFrom('policy_confirmation')
    .selectAll()
    .where(
      'version_id',
      'in',
      rows.map(row => row.id),
    )
    .orderBy('confirmed_at')
    .execute()
  const names = await staffNames(db, [...rows.map(row => row.drafted_by), ...given.map(one => one.staff_id)])
  const nameOf = (id: Id) => names.get(id) ?? '（不明）'
  return rows.map(row => ({
    id: row.id,
    versionNo: row.version_no,
    state: row.state,
    targets: row.targets,
    retention: row.retention,
    requiredItems: row.required_items.map(({ key = null, stage, label, condition }) => ({
      key,
      stage,
      label,
      condition,
    })),
    stages: row.stage_rule,
    furtherApprovals: (row.further_approvals ?? []).map(one => ({
      ...one,
      label: services.permissions.find(known => known.code === one.permission)?.label ?? one.permission,
      roleLabel: isRole(one.role) ? roleLabels[one.role] : one.role,
    })),
    authority: (row.authority ?? []).map(one => ({
      ...one,
      label: services.permissions.find(known => known.code === one.permission)?.label ?? one.permission,
      roleLabel: isRole(one.role) ? roleLabels[one.role] : one.role,
    })),
    approvals: row.approvals.map(({ code, label, roles }) => ({ code, label, roles })),
    note: row.note,
    draftedBy: { id: row.drafted_by, name: nameOf(row.drafted_by) },
    draftedAt: row.drafted_at,
    inForceFrom: row.in_force_from,
    confirmations: given
      .filter(one => one.version_id === row.id)
      .map(one => ({
        department: one.department,
        name: nameOf(one.staff_id),
        confirmedOn: one.confirmed_on,
      })),
  }))
}

/** The rule book: everything a version says, and who has confirmed it. */
export async function ruleBook(
  services: Pick<Services, 'permissions'>,
  context: QueryContext,
  versionId: Id,
): Promise<FileAnswer> {
  const version = found(
    (await versionsOf(context.db, services)).find(one => one.id === versionId),
    'policy',
  )
  const company = (await currentCompany(context.db))?.settings.legalName ?? ''
  const content = await a4Sheet({
    title: `顧客台帳 運用規程　第${version.versionNo}版`,
    detail: [
      company,
      stateLabels[version.state],
      version.inForceFrom ? `施行 ${version.inForceFrom.slice(0, 10)}` : '未施行',
      `作成 ${version.draftedBy.name} ${version.draftedAt.slice(0, 10)}`,
    ]
      .filter(Boolean)
      .join('　'),
    foot: `出力 ${context.actor.name} ${context.today}`,
    content: [
      sectionTitle('1. 改定の理由'),
      { text: version.note },
      sectionTitle('2. 段階ごとの必須項目'),
      sheetTable(
        ['段階', '項目', '対象'],
        version.requiredItems.map(item => [item.stage, item.label, item.condition || '全て']),
        [80, '*', 180],
      ),
      sectionTitle('3. 承認の権限'),
      sheetTable(
        ['承認すること', '役割'],
        version.approvals.map(one => [one.label, one.roles.join('・') || 'なし']),
        ['*', 240],
      ),
      {
        text: version.stages?.enforced
          ? '必須項目がそろわない顧客は、次の段階に進めない。'
          : '必須項目の不足は表示し、段階の移行は妨げない。',
        fontSize: 8,
      },
      ...(version.furtherApprovals.length > 0
        ? [
            sheetTable(
              ['さらに必要な承認', '金額', '役割'],
              version.furtherApprovals.map(one => [
                one.label,
                one.fromYen === null ? '全て' : `${one.fromYen.toLocaleString('ja-JP')}円以上`,
                one.roleLabel,
              ]),
              ['*', 120, 120],
            ),
          ]
        : []),
      ...(version.authority.length > 0
        ? [
            sheetTable(
              ['決裁権限', '役割', '金額'],
              version.authority.map(one => [
                one.label,
                one.roleLabel,
                one.uptoYen === null ? '上限なし' : `${one.uptoYen.toLocaleString('ja-JP')}円まで`,
              ]),
              ['*', 120, 120],
            ),
          ]
        : []),
      sectionTitle('4. KPIの目標'),
      sheetTable(
        ['指標', '目標', '算式'],
        kpis.map(kpi => [
          kpi.label,
          version.targets[kpi.code] === undefined
            ? '－'
            : `${version.targets[kpi.code]}${kpi.unit}${directionLabels[kpi.direction]}`,
          kpi.formula,
        ]),
        [110, 80, '*'],
      ),
      sectionTitle('5. 保存期間'),
      sheetTable(
        ['対象', '期間', '起算', '根拠'],
        retentionItems.map(item => [
          item.label,
          version.retention[item.code] === undefined ? '－' : `${version.retention[item.code]}年`,
          item.from,
          item.basis,
        ]),
        [130, 50, 90, '*'],
      ),
      { text: '期間が重なるときは最も長いものによる。満了後は二人の承認を経て廃棄する。', fontSize: 8 },
      sectionTitle('6. 確認'),
      sheetTable(
        ['部門', '氏名', '確認日'],
        departments.map(department => {
          const one = version.confirmations.find(given => given.department === department)
          return [departmentLabels[department], one?.name ?? '未確認', one?.confirmedOn ?? '']
        }),
        [200, '*', 100],
      ),
    ],
  })
  return {
    file: {
      name: `運用規程_第${version.versionNo}版.pdf`,
      mime: 'application/pdf',
      content,
      inline: true,
    },
    seen: [],
  }
}
