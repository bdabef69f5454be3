/** Puts 40 documents of one edition into a knowledge base, and says each file that it opens; for tests that kill it. */
import { basename } from 'node:path'
import { changeKnowledge, withKnowledge } from '../../adapters/files/knowledge-changes.ts'
import { openOnDisk } from '../../adapters/storage/durable-files.ts'

const [folder = '', edition = ''] = process.argv.slice(2)
const changes = Array.from({ length: 40 }, (_, at) => ({ name: `dir-${at % 3}/${at}.md`, text: edition }))
await withKnowledge(folder, () =>
  changeKnowledge(
    folder,
    changes,
    {},
    {
      now: Number(edition),
      openFile: (path, flags, mode) => {
        process.stdout.write(`${basename(path)}\n`)
        return openOnDisk(path, flags, mode)
      },
    },
  ),
)
