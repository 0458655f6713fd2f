/** What the state of a stack means for what it intends. */
export type StackVerdict = 'settled' | 'failed' | 'busy' | 'gone';

export function stackVerdict(state: 'settled' | 'failed' | 'in-progress' | 'rolling-back' | 'deleting' | 'gone'): StackVerdict {
  switch (state) {
    case 'settled':
    case 'failed': return state;
    case 'in-progress':
    case 'rolling-back': return 'busy';
    case 'deleting':
    case 'gone': return 'gone';
  }
}
