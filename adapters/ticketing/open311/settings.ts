import { z } from 'zod'
import { remoteStates } from '../../../bot/ports/ticket-system.ts'
import { categories } from '../../../intents/understanding.ts'

/** How another Open311 server is reached, as an admin writes it in tickets/forwarding.yaml. */
const short = z.string().trim().min(1).max(200)

export const open311Settings = z.strictObject({
  /** Up to and with the version: https://city.example/open311/v2 */
  endpoint: z.url({
    protocol: /^https?$/u,
    error: 'the address up to the version, for example https://city.example/open311/v2',
  }),
  apiKey: z.string().max(400).default(''),
  jurisdiction: short.exactOptional(),
  /** discover: JSON when their discovery document names it, else XML, which everybody has to have. */
  format: z.enum(['json', 'xml', 'discover']).default('discover'),
  /** Default: discovery.xml below the endpoint. */
  discovery: z.url({ protocol: /^https?$/u }).exactOptional(),
  /** Our category → their service_code. */
  services: z.partialRecord(z.enum(categories), short).default({}),
  /** For categories that have no service of their own. */
  otherService: short.exactOptional(),
  /** Stands before our number, so that two communities that forward to one city do not take each other's. */
  source: z
    .string()
    .regex(/^[\p{L}\p{N}._-]{1,40}$/u, 'a short name without spaces, for example 槐荫社区')
    .default('LinLi'),
  /** Stands before the place of each ticket: 幸福街道槐荫社区 */
  address: z.string().trim().max(200).default(''),
  /** Where the community is, for servers that want a point. */
  point: z
    .strictObject({ lat: z.number().min(-90).max(90), long: z.number().min(-180).max(180) })
    .exactOptional(),
  /** What else their services ask for: code → value. */
  attributes: z.record(short, z.string().max(1_000)).default({}),
  /** The attribute that takes our number. Default: the usual names, where the service has one. */
  numberAttribute: short.exactOptional(),
  /** Their words for a state that are not of the standard. */
  states: z.record(short, z.enum(remoteStates)).default({}),
  /** ms for one answer. */
  timeout: z.int().min(100).max(120_000).default(15_000),
})
export type Open311Settings = z.output<typeof open311Settings>
