import { Aws, Lazy, Stack, Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { InvalidInputError } from '../../src/private/errors';
import { contentHash } from '../../src/private/hash';
import { nameOfId } from '../../src/private/name-of-id';
import { validName } from '../../src/private/names';
import { misspelt, nearest } from '../../src/private/nearest';
import { newStack } from '../image/fixture';

const runs = { seed: process.env.SOAK ? undefined : 42, numRuns: process.env.SOAK ? 2000 : 100 };

describe('an error', () => {
  test('names the construct, the value, what was expected and the fix', () => {
    const error = new InvalidInputError(newStack(), { what: "the hour '25' is none", expected: '0 to 23', fix: 'correct it' });
    expect(error.message).toBe("Web: the hour '25' is none; expected 0 to 23; correct it");
  });

  test('names a function where a value belongs to no construct yet, and has no fields that would be printed', () => {
    const error = new InvalidInputError('Step.bash', { what: 'it is wrong', expected: 'right', fix: 'correct it' });
    expect(error.message).toBe('Step.bash: it is wrong; expected right; correct it');
    expect(Object.keys(error)).toEqual([]);
    expect(error.problem.fix).toBe('correct it');
    expect(InvalidInputError.is(error)).toBe(true);
    expect(InvalidInputError.is(new Error('other'))).toBe(false);
  });
});

describe('a content hash', () => {
  const stack = newStack();

  test('does not depend on the order of keys', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const reversed = Object.fromEntries(Object.entries(value).reverse());
      expect(contentHash(stack, reversed)).toBe(contentHash(stack, value));
    }), runs);
  });

  test('depends on the order of lists and on every value', () => {
    expect(contentHash(stack, [1, 2])).not.toBe(contentHash(stack, [2, 1]));
    expect(contentHash(stack, { a: null })).not.toBe(contentHash(stack, {}));
    expect(contentHash(stack, { a: undefined })).toBe(contentHash(stack, {}));
  });

  test('knows what tokens mean, whatever they are called in this process', () => {
    const token = () => `arn:${Lazy.string({ produce: () => 'aws' })}:${Aws.REGION}`;
    expect(token()).not.toBe(token());
    expect(contentHash(stack, token())).toBe(contentHash(new Stack(stack, 'Other'), token()));
    expect(contentHash(stack, Token.asString({ Ref: 'A' }))).not.toBe(contentHash(stack, Token.asString({ Ref: 'B' })));
  });
});

describe('names', () => {
  test.each([['Base', 'base'], ['WebServer', 'web-server'], ['Web2Server', 'web2-server'], ['VDA', 'vda'], ['web-server', 'web-server']])(
    'of %s is %s', (id, name) => expect(nameOfId(id)).toBe(name),
  );

  test('that are valid go into every ARN of Image Builder', () => {
    const stack = newStack();
    fc.assert(fc.property(fc.string({ maxLength: 60 }), (name) => {
      try {
        expect(`ns-${validName(stack, 'name', name, 'it')}`).toMatch(/^[a-z0-9-_]{3,128}$/);
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidInputError);
      }
    }), runs);
  });

  test('that are tokens are refused', () => {
    expect(() => validName(newStack(), 'name', Aws.STACK_NAME, 'imageName')).toThrow('Web: the name is a token; expected a literal');
  });
});

describe('the nearest name', () => {
  test.each([
    ['canaryCount', 'canary'], ['timeoutSeconds', 'timeout'], ['bakeTme', 'bakeTime'], ['volumeSize', 'rootVolumeSize'], ['colour', undefined],
  ])('to %s is %s', (written, near) => {
    expect(nearest(written, ['canary', 'canaryTime', 'timeout', 'healthTimeout', 'bakeTime', 'rootVolumeSize'])).toBe(near);
  });

  test('misspelt is a few letters away, and not a part', () => {
    expect(misspelt('DELETE', ['RETAIN_ON_UPDATE_OR_DELETE', 'DELET'])).toBe('DELET');
    expect(misspelt('DELETE', ['RETAIN_ON_UPDATE_OR_DELETE'])).toBeUndefined();
  });
});
