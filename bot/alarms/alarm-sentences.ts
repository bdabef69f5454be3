/** What the sentences about alarms in texts.yaml are filled with. */
export const alarmSentences = {
  alarmOpened: ['text', 'number', 'department', 'deadline'],
  alarmStronger: ['text', 'number', 'what', 'department', 'deadline'],
  alarmOver: ['number', 'what', 'time'],
  alarmOverNote: ['time'],
  alarmResumed: ['number', 'what'],
  alarmHeardInGroup: ['number', 'what', 'department', 'deadline'],
  alarmUrgentInGroup: ['number', 'what'],
  alarmOverInGroup: ['number', 'what'],
} as const
