/** Do the places that an answer names stand in the passages? */

/** What the names of streets, offices and quarters end in; the longer ending first. */
const endings =
  '社区服务站|服务中心|服务站|服务大厅|办事处|派出所|卫生院|街道|社区|小区|花园|公园|广场|医院|学校|银行|大厦|大厅|中心|窗口|村|镇|乡|路|街|巷|区|县|市|局|所|站|厅'

/** What stands before a general word rather than in a name: 到窗口, 在社区, 您的街道. */
const general = new Set(
  '到去在由从往向至给找和与及或的各每本该您你我他其是为让把被就可应须先再按经带凭持来进用需要',
)

const named = new RegExp(`([\\u3400-\\u9fff]{0,2})(${endings})`, 'g')

/**
 * Of every name the ending and the two characters before it must stand there as one: 槐荫路 is not borne out by
 * 槐花路. A general word, such as 到社区, must stand there as a word.
 */
export function placesStand(answer: string, source: string): boolean {
  return [...answer.matchAll(named)].every(([, before = '', ending = '']) =>
    source.includes(nameOf(before) + ending),
  )
}

function nameOf(before: string): string {
  const [first = '', second = ''] = before.length === 2 ? before : ['', before]
  if (general.has(second)) return ''
  return general.has(first) ? second : first + second
}
