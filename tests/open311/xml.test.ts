import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { element, type XmlElement } from '../../adapters/xml/element.ts'
import { readXml, XmlError } from '../../adapters/xml/read-xml.ts'
import { writeXml } from '../../adapters/xml/write-xml.ts'

/** What XML 1.0 cannot say stands as U+FFFD; told by a naive walk over the code points. */
function sayable(text: string): string {
  return Array.from(text, (letter) => {
    const code = letter.codePointAt(0) ?? 0
    const fits = code >= 0x20 || [0x9, 0xa, 0xd].includes(code)
    const surrogate = code >= 0xd800 && code <= 0xdfff
    return fits && !surrogate && code !== 0xfffe && code !== 0xffff ? letter : '\ufffd'
  }).join('')
}

/** Every kind of letter that ever broke a document, and any other. */
const odd = fc.oneof(
  fc.constantFrom(']]>', '&', '<', '>', '"', "'", '\r\n', '\r', '\n', '\t', '\u0000', '\u0001', '\u001b'),
  fc.constantFrom(
    '\u0085',
    '\u2028',
    '\ud83d',
    '\ude00',
    '😀',
    '👩‍👧‍👦',
    '\ufffe',
    '\uffff',
    '\ufeff',
    '&amp;',
    '&#13;',
  ),
  fc.constantFrom('<!--', '-->', '<![CDATA[', '<?xml ?>', '𠮷', ' ', '电梯', '%', '\\'),
  fc.string({ unit: 'binary', maxLength: 4 }),
)
const text = fc.array(odd, { maxLength: 30 }).map((parts) => parts.join(''))

describe('text', () => {
  test('whatever it holds comes back as it was, but for what XML cannot say', () => {
    fc.assert(
      fc.property(text, (said) => {
        const back = readXml(writeXml(element('request', [element('description', said)])))
        expect(back.children[0]?.text).toBe(sayable(said))
      }),
      { numRuns: 2_000 },
    )
  })

  test('a tree comes back as it was', () => {
    const { tree } = fc.letrec<{ tree: XmlElement }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        text.map((said) => element('leaf', sayable(said))),
        fc.array(tie('tree'), { minLength: 1, maxLength: 4 }).map((children) => element('branch', children)),
      ),
    }))
    fc.assert(
      fc.property(tree, (root) => {
        expect(readXml(writeXml(root))).toEqual(root)
      }),
    )
  })

  test('CDATA, comments, numbers and line ends are read as XML means them', () => {
    const document = '<a>1<![CDATA[<&]]><!-- no -->\r\n&#x1F600;&#13;&lt;</a>'
    expect(readXml(document).text).toBe('1<&\n😀\r<')
  })

  test('white space between elements, a byte order mark and namespaces change nothing', () => {
    const plain = readXml('<services><service><service_code>1</service_code></service></services>')
    const spaced =
      '\ufeff\n<?xml version="1.0" encoding="UTF-8"?>\n<o:services xmlns:o="urn:x">\n <o:service>\n' +
      '  <o:service_code type="x">1</o:service_code>\n </o:service>\n</o:services>\n'
    expect(readXml(spaced)).toEqual(plain)
  })
})

describe('what a stranger sends', () => {
  const laughs = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`)

  test.each([
    [
      'a billion laughs',
      `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "lol">${laughs.join('')}]><a>&l9;</a>`,
    ],
    [
      'one long entity, said often',
      `<!DOCTYPE a [<!ENTITY x "${'x'.repeat(1_000)}">]><a>${'&x;'.repeat(1_000)}</a>`,
    ],
    ['a file of ours', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ['an address inside our network', '<!DOCTYPE a SYSTEM "http://169.254.169.254/x.dtd"><a/>'],
    ['a parameter entity', '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1/p"> %p;]><a/>'],
    ['a document type without anything in it', '<!DOCTYPE html><a/>'],
    ['a document type inside', '<a><!DOCTYPE b [<!ENTITY x "y">]><b>&x;</b></a>'],
    ['a declaration inside', '<a><!ENTITY x "y">&x;</a>'],
    ['an entity of HTML', '<a>&nbsp;</a>'],
    ['a name of JavaScript', '<a>&constructor;</a>'],
  ])('%s is refused', (_, document) => {
    expect(() => readXml(document)).toThrow(XmlError)
  })

  test.each([
    ['an element without an end', '<a><b></a>'],
    ['two roots', '<a/><b/>'],
    ['text behind the end', '<a/>x'],
    ['text before the beginning', 'x<a/>'],
    ['nothing', ''],
    ['JSON', '{"a":1}'],
    ['half a document', '<a><b>x</b>'],
    ['a number that is no character', '<a>&#0;</a>'],
    ['half a character', '<a>&#xD83D;</a>'],
    ['another encoding', '<?xml version="1.0" encoding="GB2312"?><a/>'],
  ])('%s is refused', (_, document) => {
    expect(() => readXml(document)).toThrow(XmlError)
  })

  test('what is too deep, too long or too much is refused at once', () => {
    const began = performance.now()
    expect(() => readXml(`${'<a>'.repeat(100_000)}`)).toThrow('more than 16 deep')
    expect(() => readXml(`<a>${'<b/>'.repeat(60_000)}</a>`)).toThrow('more than 50000 elements')
    expect(() => readXml(`<a>${'x'.repeat(5 << 20)}</a>`)).toThrow('at most')
    expect(performance.now() - began).toBeLessThan(5_000)
  })

  test('the error names the line', () => {
    expect(() => readXml('<a>\n<b>\n</a>')).toThrow('line 3')
  })
})
