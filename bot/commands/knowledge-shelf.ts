import {
  changeKnowledge,
  readImports,
  readingKnowledge,
  withKnowledge,
} from '../../adapters/files/knowledge-changes.ts'
import { documentsThere, loadDocuments } from '../../adapters/files/knowledge-folder.ts'
import { ownKnowledgeIn, shippedKnowledgeIn } from '../../adapters/files/own-knowledge.ts'
import { callRunningBot } from '../../adapters/local-socket/client.ts'
import type { Passage } from '../../knowledge/answer.ts'
import type { Config } from '../config.ts'
import { LocalDoorError } from '../doors/local-request.ts'
import { counted } from './knowledge-counted.ts'

/** `linli knowledge list` and `remove`, and what a running bot is told afterwards. */
interface Printing {
  print(line: string): void
  warn(line: string): void
}

export async function listKnowledge(folder: string, root: string, { print }: Printing): Promise<void> {
  await readingKnowledge(folder, async () => {
    const documents = await documentsThere(folder)
    if (documents.length === 0) {
      print(
        `no documents in ${folder} yet: answers come from the samples in ${shippedKnowledgeIn(root)}, whose figures are invented`,
      )
      return
    }
    const imports = await readImports(folder)
    let answers = 0
    for (const document of documents) {
      const passages = await loadDocuments([document])
      answers += passages.length
      const [first] = passages
      const from = imports[document.file]
      const facts = [
        ...(/\.(md|txt)$/iu.test(document.file) ? headOf(first) : []),
        counted(passages.length, 'answer'),
        from && `from ${from.from} on ${from.at.slice(0, 10)}`,
      ]
      print(`${document.file}  ${facts.filter(Boolean).join(', ')}`)
    }
    print(`${counted(documents.length, 'document')}, ${counted(answers, 'answer')} in ${folder}`)
  })
}

function headOf(first: Passage | undefined): (string | undefined)[] {
  return [
    first?.title && `《${first.title}》`,
    first?.number,
    first?.issued && `issued ${first.issued}`,
    first?.validUntil && `holds until ${first.validUntil}`,
  ]
}

/** @returns the exit status */
export async function removeKnowledge(
  folder: string,
  names: readonly string[],
  { print, warn, now }: Printing & { readonly now: number },
): Promise<number> {
  if ((await documentsThere(folder)).length === 0) {
    warn(`${folder} has no documents: nothing was removed`)
    return 1
  }
  return withKnowledge(folder, async () => {
    const imports = await readImports(folder)
    const documents = (await documentsThere(folder)).map(({ file }) => file)
    const found = names.map((name) =>
      documents.filter(
        (file) => file === name || file.replace(/\.[^./]+$/u, '') === name || imports[file]?.from === name,
      ),
    )
    const wrong = names.filter((_, at) => found[at]?.length !== 1)
    for (const name of wrong) {
      const several = found[names.indexOf(name)] ?? []
      warn(
        several.length > 1
          ? `${name} may be ${several.join(' or ')}: write its ending as well`
          : `there is no ${name} in ${folder}: \`linli knowledge list\` shows what there is`,
      )
    }
    if (wrong.length > 0) {
      warn('nothing was removed')
      return 1
    }
    const leaving = new Set(found.flat())
    const rest = Object.fromEntries(Object.entries(imports).filter(([file]) => !leaving.has(file)))
    const changes = [...leaving].map((name) => ({ name, text: undefined }))
    const history = await changeKnowledge(folder, changes, rest, { now })
    for (const name of leaving) print(`removed: ${name}`)
    print(`kept in ${history ?? folder}: copy it back to undo`)
    if (leaving.size === documents.length)
      print('no documents of your own are left: the samples answer again')
    return 0
  })
}

/** Only when the bot of this data folder reads that folder. */
export async function tellRunningBot(
  config: Config,
  folder: string,
  { print, warn }: Printing,
): Promise<void> {
  const running =
    folder === ownKnowledgeIn(config.dataFolder) ? await callRunningBot(config.dataFolder) : undefined
  if (!running) {
    print('a bot that is started from now on knows this')
    return
  }
  try {
    await running.ask({ type: 'knowledge.reload' })
    print('the running bot answers from it now')
  } catch (error) {
    if (!(error instanceof LocalDoorError)) throw error
    warn(`the running bot could not read it (${error.message}): it goes on with what it knew; start it again`)
  } finally {
    await running.close()
  }
}
