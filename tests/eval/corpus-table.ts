import { readCorpus } from '../../adapters/files/corpus-folder.ts'
import { projectRoot } from '../../adapters/files/project-root.ts'
import type { Example } from '../../intents/corpus.ts'

/** `npx tsx tests/eval/corpus-table.ts`: how many examples there are of what, and in which manner: what is thin, is seen. */

const styles: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['dialect', /[咋啥俺嘞咧恁]|得劲|木有|中不中|弄啥|侬|唔|冇|啷个|晓得/u],
  ['traditional', /[電樓門們嗎請問車這個壞沒點來開關訴規領證]/u],
  ['emoji', /\p{Extended_Pictographic}/u],
  ['several lines', /\n/u],
  ['group jargon', /接龙|团购|拼车|\+1|收到|私聊|群主|@/u],
  ['angry', /[!！]{2}|气死|凭什么|烦死|服了|王法|良心|到底|😡/u],
  ['polite', /请|谢谢|麻烦|您好|劳驾|辛苦/u],
  ['no punctuation', /^[^,，。.?？!！、:：;；]+$/u],
  ['over 60 characters', /^[\s\S]{60,}$/u],
]

const examples = await readCorpus(`${projectRoot()}/intents/corpus`)
print('intent and voice', ({ intent, register }) => `${intent}${register ? ` (${register})` : ''}`)
print('category', ({ category }) => category)
print('urgency', ({ category, urgency, emergency }) => category && (emergency ?? urgency))
console.log('\n# manner')
for (const [name, pattern] of styles)
  console.log(row(name, examples.filter(({ text }) => pattern.test(text)).length))

function print(title: string, keyOf: (example: Example) => string | undefined): void {
  const counts = new Map<string, number>()
  for (const example of examples) {
    const key = keyOf(example)
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  console.log(`\n# ${title}`)
  for (const [key, count] of [...counts].sort((left, right) => right[1] - left[1]))
    console.log(row(key, count))
}

function row(name: string, count: number): string {
  return `  ${name.padEnd(24)} ${count}`
}
