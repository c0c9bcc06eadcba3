import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Role, sliceLabels } from '../business/access/index.ts'
import { pathFields } from '../platform/http/contract.ts'
import type { Route } from '../platform/http/route.ts'
import { slices } from './slices.ts'
import { createWorld, type World } from './testing/world.ts'

/** What must hold of the list of routes as a whole; the walk of every route with every role stands in access/routes.test.ts. */
let world: World
let routes: Route[]

beforeAll(async () => {
  world = await createWorld()
  routes = slices.flatMap(slice => slice.routes(world))
})
afterAll(() => world.close())

const contracts = () => routes.map(route => route.contract)

function rolesWith(permission: string): Set<string> {
  const found = world.permissions.find(one => one.code === permission)
  return new Set(found?.roles ?? [])
}

describe('every route', () => {
  it('names a permission which some slice lists, or is for everybody signed in, or is one of the few open ones', () => {
    const listed = new Set(world.permissions.map(permission => permission.code))
    const unknown = contracts().filter(
      ({ permission }) => !['public', 'signed-in'].includes(permission) && !listed.has(permission),
    )
    expect(unknown.map(contract => `${contract.name}: ${contract.permission}`)).toEqual([])
    const open = contracts().filter(contract => contract.permission === 'public')
    expect(open.every(contract => contract.name.startsWith('access.'))).toBe(true)
  })

  it('belongs to a slice whose permissions stand under a Japanese heading', () => {
    const unnamed = slices.filter(slice => slice.permissions.length > 0 && !(slice.name in sliceLabels))
    expect(unnamed.map(slice => slice.name)).toEqual([])
  })

  it('has a name and an address of its own', () => {
    const names = contracts().map(contract => contract.name)
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
    const addresses = contracts().map(contract => `${contract.method} ${contract.path}`)
    expect(addresses.filter((address, at) => addresses.indexOf(address) !== at)).toEqual([])
  })

  it('that changes anything is not a GET, and every name in its path is a field of its input', () => {
    for (const route of routes) {
      if (route.kind === 'command') expect(route.contract.method, route.contract.name).toBe('POST')
      const fields = Object.keys(route.contract.input.shape)
      for (const name of pathFields(route.contract.path)) expect(fields, route.contract.name).toContain(name)
    }
  })
})

describe('auditors, administrators and contractors', () => {
  const commandsOf = (role: Role) =>
    routes
      .filter(route => route.kind === 'command' && rolesWith(route.contract.permission).has(role))
      .map(route => route.contract.name)

  it('auditors write nothing', () => {
    expect(
      commandsOf('auditor').filter(
        name =>
          !name.startsWith('access.') &&
          !name.startsWith('approvals.withdraw') &&
          !name.startsWith('approvals.resubmit') &&
          // Taking the trail out writes nothing but that it was taken.
          !/^lists\.(request|discard)Export$/.test(name),
      ),
    ).toEqual([])
  })

  it('administrators take no business decisions', () => {
    const business = commandsOf('administrator').filter(
      // Which customers a contractor may see is settings of people, not a decision about a customer; nor is what fields there are.
      name =>
        !/^(access|approvals)\.|^registers\.changeSetting$|^parties\.(assignContractor|endAssignment)$|^lists\.(request|discard)Export$|^customization\.(define|change|retire|restore|order|reset)(Fields?|Marks?|Layout)$/.test(
          name,
        ),
    )
    expect(business).toEqual([])
  })

  it('contractors export nothing and change nothing', () => {
    expect(commandsOf('contractor')).toEqual([])
    const exports = contracts().filter(
      contract => contract.sight === 'export' && rolesWith(contract.permission).has('contractor'),
    )
    expect(exports.map(contract => contract.name)).toEqual([])
  })
})
