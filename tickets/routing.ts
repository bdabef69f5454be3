import type { Category, Urgency } from '../intents/understanding.ts'

/**
 * Who gets a ticket: its category, its place and the grid decide the department and the responsible person. The
 * first rule that fits wins; then the category's own department. tickets/routing.yaml is what admins edit.
 */
export interface Routing {
  readonly rules: readonly RoutingRule[]
  /** Departments that can be called or get a ticket, besides those of categories, rules and roster. */
  readonly departments: readonly string[]
  /** Has whatever nobody else has, and what was returned. */
  readonly fallback: FallbackOwner
  readonly smallMatters: SmallMatters
}

/** All that is given has to fit. */
export interface RoutingRule {
  readonly category?: Category | undefined
  readonly urgency?: Urgency | undefined
  /** Name of a place of the tree: it holds for whatever lies in it. */
  readonly place?: string | undefined
  /** Words of the report: 路灯. */
  readonly words?: readonly string[] | undefined
  readonly department?: string | undefined
  /** Name on the roster, or person id. */
  readonly responsible?: string | undefined
}

export interface FallbackOwner {
  readonly department: string
  /** Name on the roster, or person id; without it somebody with the role. */
  readonly responsible?: string | undefined
  readonly role: 'grid_leader' | 'admin'
}

/** 巡查, 服务, 调解: as bot/documents.ts calls them. */
export const volunteerSkills = ['patrol', 'service', 'mediation'] as const
type VolunteerSkill = (typeof volunteerSkills)[number]

/** 小事不出栋: volunteers and building leaders of the place are asked first. */
export interface SmallMatters {
  readonly categories: readonly Category[]
  /**
   * Category → what volunteers are there for (patrol, service, mediation): those who have it are asked, and nobody else
   * while there are such. A category that stands only here is theirs alone.
   */
  readonly skills?: Readonly<Partial<Record<Category, readonly VolunteerSkill[]>>> | undefined
  /** Working hours until those who answer for it are told. */
  readonly workingHours: number
}

export interface Routed {
  readonly department: string
  /** Name or id, as the rule says it. */
  readonly responsible?: string
}

export interface Routable {
  readonly category: Category
  readonly urgency: Urgency
  readonly text: string
  /** Names of the places of its group, and of all above them. */
  readonly places: ReadonlySet<string>
}

/** @param department the category's own */
export function routeTicket(routing: Routing, ticket: Routable, department: string): Routed {
  const rule = routing.rules.find((each) => fits(each, ticket))
  return {
    department: rule?.department ?? department,
    ...(rule?.responsible !== undefined && { responsible: rule.responsible }),
  }
}

function fits(rule: RoutingRule, { category, urgency, text, places }: Routable): boolean {
  return (
    (rule.category === undefined || rule.category === category) &&
    (rule.urgency === undefined || rule.urgency === urgency) &&
    (rule.place === undefined || places.has(rule.place)) &&
    (rule.words === undefined || rule.words.some((word) => text.includes(word)))
  )
}
