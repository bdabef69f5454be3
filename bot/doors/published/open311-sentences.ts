/** What the sentences of texts.yaml that are said over Open311 are filled with. */
const noWords = [] as const

export const open311Sentences = {
  open311Service: ['name', 'department', 'days'],
  open311Building: noWords,
  open311Unit: noWords,
  open311Spot: noWords,
  open311Notice: ['number', 'department', 'deadline'],
  open311NoticePrivately: ['deadline'],
  open311NoticeEmergency: ['number'],
  open311Contact: ['contact'],
  open311Media: ['url'],
  open311Point: ['lat', 'long'],
  open311Address: ['id'],
} as const
