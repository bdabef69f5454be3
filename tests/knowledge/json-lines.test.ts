import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type JsonLine, readJsonLines } from '../../adapters/jsonl.ts'

const schema = z.strictObject({ id: z.string() })

async function read(
  chunks: readonly (string | Uint8Array)[],
  maxBytes?: number,
): Promise<JsonLine<{ id: string }>[]> {
  async function* input() {
    yield* chunks
  }
  const lines: JsonLine<{ id: string }>[] = []
  for await (const line of readJsonLines(input(), schema, maxBytes === undefined ? {} : { maxBytes })) {
    lines.push(line)
  }
  return lines
}

describe('JSON lines', () => {
  it('are read wherever the chunks are cut', async () => {
    const rows = [{ id: '老年证' }, { id: '👍' }, { id: '3' }]
    const bytes = new TextEncoder().encode(rows.map((row) => JSON.stringify(row)).join('\n'))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: bytes.length })), async (places) => {
        const cuts = [0, ...places.sort((one, other) => one - other), bytes.length]
        const chunks = cuts.slice(1).map((end, at) => bytes.subarray(cuts[at], end))
        expect(await read(chunks)).toEqual(rows.map((value, at) => ({ line: at + 1, value })))
      }),
    )
  })

  it('may end with Windows line ends, have empty lines, and begin with a byte order mark', async () => {
    const lines = await read(['\uFEFF{"id":"1"}\r\n\r\n{"id":"2"}\r\n'])
    expect(lines).toEqual([
      { line: 1, value: { id: '1' } },
      { line: 3, value: { id: '2' } },
    ])
  })

  it('are none in an empty input', async () => {
    expect(await read([])).toEqual([])
    expect(await read(['\n'])).toEqual([])
  })

  const table: readonly (readonly [what: string, line: string | Uint8Array, error: RegExp])[] = [
    ['broken JSON', '{"id":', /expected one JSON value/],
    ['an unknown field', '{"id":"1","txt":"x"}', /unknown field 'txt'/],
    ['a missing field', '{}', /'id'/],
    ['another type', '[1]', /expected the line as an object/],
    ['GBK', Uint8Array.of(0xc4, 0xe3, 0xba, 0xc3), /expected UTF-8/],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x7b, 0x00), /expected UTF-8/],
    ['a line above the limit', `{"id":"${'x'.repeat(100)}"}`, /at most 64 bytes/],
  ]
  it.each(table)('%s is told by its line, and the lines around it are read', async (_, bad, error) => {
    const lines = await read(['{"id":"1"}\n', bad, '\n{"id":"3"}\n'], 64)
    expect(lines).toEqual([
      { line: 1, value: { id: '1' } },
      { line: 2, error: expect.stringMatching(error) },
      { line: 3, value: { id: '3' } },
    ])
  })

  it('keep no line longer than the limit, even if it never ends', async () => {
    const lines = await read(
      Array.from({ length: 100 }, () => 'x'.repeat(1000)),
      64,
    )
    expect(lines).toEqual([{ line: 1, error: expect.stringMatching(/at most 64 bytes/) }])
  })
})
