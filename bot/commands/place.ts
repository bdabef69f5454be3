import type { Command } from 'commander'
import { type PlaceNode, placeKinds } from '../documents.ts'
import { executeOnce, type OperatorOptions, printRows, queryRows } from './operator-door.ts'
import { oneOf } from './option-values.ts'

/** `linli place`: street → community → grid → micro-grid → building. */
export function addPlaceCommands(program: Command, options: OperatorOptions): void {
  const { print } = options
  const place = program.command('place').description('the places that groups and staff belong to')
  place
    .command('add')
    .description('adds a place')
    .argument('<name>', 'how it is called')
    .argument('<kind>', placeKinds.join(', '), oneOf('kind', placeKinds))
    .option('--under <parent>', 'the place it is part of, by name or id')
    .option('--json', 'one JSON object instead of a line for people')
    .action(async (name: string, kind: string, { under, json }: { under?: string; json?: boolean }) => {
      const result = await executeOnce(options, { type: 'place.add', name, kind, parent: under ?? null })
      print(json ? JSON.stringify({ ...result, name, kind }) : `${result.place}  ${name}  ${kind}`)
    })
  place
    .command('list')
    .description('all places, each under the one it is part of')
    .option('--json', 'JSONL instead of lines for people')
    .action(async ({ json = false }: { json?: boolean }) => {
      const places = await queryRows<PlaceNode>(options, { type: 'places' })
      const none = 'no place yet: linli place add NAME KIND'
      const line = ({ depth, id, name, kind }: Placed) => `${'  '.repeat(depth)}${id}  ${name}  ${kind}`
      if (json) for (const each of places) print(JSON.stringify(each))
      else printRows(options, tree(places), false, { none, line })
    })
}

type Placed = PlaceNode & { readonly depth: number }

/** Parents before their parts. A part whose parent is gone stands at the top, so that nothing is hidden. */
function tree(places: readonly PlaceNode[]): readonly Placed[] {
  const ids = new Set(places.map(({ id }) => id))
  const under = (parent: string | null, depth: number): Placed[] =>
    places
      .filter((each) => (each.parent !== null && ids.has(each.parent) ? each.parent : null) === parent)
      .flatMap((each) => [{ ...each, depth }, ...under(each.id, depth + 1)])
  return under(null, 0)
}
