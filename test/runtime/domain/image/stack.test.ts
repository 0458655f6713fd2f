import { look, settle, fresh, accepted } from './observations';
import { decideImage } from '../../../../src/runtime/domain/image';

describe('the state of the stack', () => {
  test.each([
    ['busy', 'wait'],
    ['gone', 'nothing'],
  ] as const)('while it is %s: %s', (stack, type) => {
    expect(decideImage(accepted, look({ stack })).type).toBe(type);
  });

  test('an intent that never settled is not acted on when its deploy stopped half-way', () => {
    expect(settle(fresh, look({ stack: 'failed' })).decision).toEqual({ type: 'nothing', reason: 'no deploy has settled with this intent' });
  });

  test('the intent that settled before goes on', () => {
    expect(settle(accepted, look({ stack: 'failed' })).decision).toMatchObject({ type: 'start-build' });
  });
});
