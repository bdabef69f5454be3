import { apiGroup } from './api/api-group.ts'
import { hooksGroup } from './hooks/hooks-group.ts'
import { open311Group } from './open311/open311-group.ts'
import type { RouteGroup } from './parts.ts'
import { watchGroup } from './watch/watch-group.ts'

/** Everything that the HTTP door answers. A new group of routes is mounted by its line here. */
export const routeGroups: readonly RouteGroup[] = [apiGroup, hooksGroup, watchGroup, open311Group]
