import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chartSentence, heatStep, linePoints, tonesOf } from './chart-data.ts'
import { nodeHeight, nodeWidth, placeGraph, smoothPath } from './graph-layout.ts'
import { addMonths, weeksOf } from './month-days.ts'

test('a line runs from the lower left to the upper right of its box; a flat one through the middle', () => {
  expect(linePoints([1, 2, 3], 100, 20)).toBe('0,20 50,10 100,0')
  expect(linePoints([5, 5], 100, 20)).toBe('0,10 100,10')
  expect(linePoints([], 100, 20)).toBe('')
})

test('a picture says its last values in one sentence, an unmeasured one as a dash', () => {
  const data = {
    label: '残高',
    categories: ['10月', '11月'],
    series: [
      { key: 'a', name: '当社', values: [1, 2] },
      { key: 'b', name: '他社', values: [3, null] },
    ],
  }
  expect(chartSentence(data, value => `${value}円`)).toBe('残高。11月：当社 2円、他社 ―')
})

test('series wear their own tone, else the next of the row', () => {
  expect(
    tonesOf([
      { key: 'a', name: 'a', values: [] },
      { key: 'b', name: 'b', values: [], tone: 'danger' },
    ]),
  ).toEqual(['accent', 'danger'])
})

test('heat comes in five steps and stays within them', () => {
  expect([null, 0, 0.19, 0.2, 0.99, 1, 7, -1].map(heatStep)).toEqual([undefined, 0, 0, 1, 4, 4, 4, 0])
})

test('a month is cut into weeks from Sunday, leap days included', () => {
  const weeks = weeksOf('2028-02')
  expect(weeks.map(week => week.length)).toEqual([7, 7, 7, 7, 7])
  expect(weeks[0]).toEqual([null, null, '2028-02-01', '2028-02-02', '2028-02-03', '2028-02-04', '2028-02-05'])
  expect(weeks[4]).toEqual(['2028-02-27', '2028-02-28', '2028-02-29', null, null, null, null])
})

test('months roll over the year', () => {
  expect([addMonths('2026-11', 2), addMonths('2026-01', -1)]).toEqual(['2027-01', '2025-12'])
})

describe('a graph of holdings', () => {
  const node = (id: string) => ({ id, label: id })
  const rowOf = (graph: ReturnType<typeof placeGraph>, id: string) =>
    graph.nodes.find(one => one.id === id)!.y

  test('holders stand above what they hold, by the longest way', () => {
    const graph = placeGraph(['ken', 'hold', 'main', 'sub'].map(node), [
      { from: 'ken', to: 'hold', percent: 70 },
      { from: 'hold', to: 'main', percent: 100 },
      { from: 'ken', to: 'main', word: '代表' },
      { from: 'main', to: 'sub', percent: 66.7 },
    ])
    expect(['ken', 'hold', 'main', 'sub'].map(id => rowOf(graph, id) / rowOf(graph, 'hold'))).toEqual([
      0, 1, 2, 3,
    ])
  })

  test('a line over several rows passes beside the boxes between', () => {
    const graph = placeGraph(['a', 'b', 'c'].map(node), [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
      { from: 'a', to: 'c' },
    ])
    const between = graph.nodes.find(one => one.id === 'b')!
    const pass = graph.edges[2]!.points.find(point => point.y === between.y)!
    expect(pass.x < between.x || pass.x > between.x + nodeWidth).toBe(true)
  })

  test('a ring of holdings is drawn, each box once', () => {
    const graph = placeGraph(['a', 'b'].map(node), [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'a' },
    ])
    expect(graph.nodes).toHaveLength(2)
    expect(graph.edges.map(edge => smoothPath(edge.points)).every(path => !path.includes('NaN'))).toBe(true)
  })

  test('no two boxes overlap and none leaves the picture, whatever holds what', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f']
    const edge = fc.record({ from: fc.constantFrom(...ids, 'unknown'), to: fc.constantFrom(...ids) })
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 14 }), edges => {
        const graph = placeGraph(ids.map(node), edges)
        for (const one of graph.nodes) {
          expect(one.x).toBeGreaterThanOrEqual(0)
          expect(one.x + nodeWidth).toBeLessThanOrEqual(graph.width + 0.001)
          expect(one.y + nodeHeight).toBeLessThanOrEqual(graph.height)
          for (const other of graph.nodes) {
            if (other.id !== one.id && other.y === one.y)
              expect(Math.abs(other.x - one.x)).toBeGreaterThanOrEqual(nodeWidth)
          }
        }
      }),
    )
  })
})
