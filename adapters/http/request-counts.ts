/** How many requests each route answered with which status: for /metrics. Routes as they are declared, no ids. */
export interface RequestCounts {
  add(method: string, route: string, status: number, ms: number): void
  rows(): readonly RequestCount[]
}

export interface RequestCount {
  readonly method: string
  /** /api/v1/alarms/:id, or `other` for what no route answers. */
  readonly route: string
  readonly status: number
  readonly count: number
  /** Together, in ms. */
  readonly ms: number
}

export function createRequestCounts(): RequestCounts {
  const counts = new Map<string, RequestCount>()
  return {
    add(method, route, status, ms) {
      const name = `${method} ${route} ${status}`
      const before = counts.get(name) ?? { method, route, status, count: 0, ms: 0 }
      counts.set(name, { ...before, count: before.count + 1, ms: before.ms + ms })
    },
    rows: () => [...counts.values()],
  }
}
