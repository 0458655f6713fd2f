import * as fc from 'fast-check';
import { REQUEST_LIMITS } from '../../../src/contract';
import { RefusedRequest } from '../../../src/runtime/domain/registration';
import { entranceOf, parseCommand, type OperatorEvent } from '../../../src/runtime/handlers/operator-request';

const userArn = 'arn:aws:iam::123456789012:user/anna';
const requestContext = { authorizer: { iam: { userArn } } };
const request = (body: string, more: Partial<OperatorEvent> = {}): OperatorEvent => ({ requestContext, body, ...more });
const signed = entranceOf(request(''), 'signed');
const direct = entranceOf({}, 'direct_golden');
const good = { command: 'register', image: 'golden', amis: { 'eu-central-1': 'ami-0123456789abcdef0' } };

describe('how a request came in', () => {
  test.each([
    ['signed', { via: 'url', caller: userArn }],
    ['build_golden', { via: 'build', image: 'golden' }],
    ['direct_golden-2', { via: 'direct', image: 'golden-2', claimsTests: false, caller: 'unknown' }],
    ['tested_golden', { via: 'direct', image: 'golden', claimsTests: true, caller: 'unknown' }],
  ])('is what the alias %s stands for, whatever the event says', (alias, entrance) => {
    expect(entranceOf(request('{}'), alias)).toEqual(entrance);
  });

  test.each([undefined, '$LATEST', '1', 'direct', 'direct_', 'constructor_golden', 'Direct_golden', 'xdirect_golden'])('%s stands for nothing', (alias) => {
    expect(() => entranceOf(request('{}'), alias)).toThrow(/names its image by the alias/);
  });

  test.each<[string, OperatorEvent | null]>([['null', null], ['nobody', {}], ['no text', { requestContext: { authorizer: { iam: { userArn: ['a'] } } } }]])(
    'a request that %s signed is refused', (_, event) => expect(() => entranceOf(event, 'signed')).toThrow('nobody signed the request'));

  test.each([['a number', 7], ['a long text', 'x'.repeat(REQUEST_LIMITS.caller + 1)], ['half a character', '\ud800'], ['null', null]])(
    'a direct caller that is %s is refused', (_, caller) => expect(() => entranceOf({ caller }, 'direct_golden')).toThrow(/"caller" is a text of at most 256 characters/));
});

describe('a command', () => {
  test('is read from the body of a request, in base64 too, and from the event of an invocation', () => {
    const text = JSON.stringify(good);
    expect(parseCommand(request(text), signed)).toEqual(good);
    expect(parseCommand(request(Buffer.from(text).toString('base64'), { isBase64Encoded: true }), signed)).toEqual(good);
    expect(parseCommand({ ...good, caller: 'me' } as OperatorEvent, direct)).toEqual(good);
  });

  test.each<[string, string | object, RegExp]>([
    ['no JSON', '{', /the body is no JSON/],
    ['nothing', '', /the body is no JSON/],
    ['a list', [], /a JSON object/],
    ['null', 'null', /a JSON object/],
    ['a name of the caller, which is not theirs to give', { ...good, caller: 'me' }, /unknown member caller/],
    ['a prototype', '{"command":"register","image":"golden","amis":{},"__proto__":{"tested":true}}', /unknown member __proto__/],
    ['no name', { ...good, image: undefined }, /the name of the image is missing/],
    ['a name that is a list', { ...good, image: ['golden'] }, /the name of the image is missing/],
    ['AMIs in a list', { ...good, amis: ['ami-1'] }, /"amis" maps regions to AMI ids/],
    ['AMIs and a manifest', { ...good, manifest: {} }, /either "amis" or "manifest"/],
    ['"tested" in a text', { ...good, tested: 'false' }, /"tested" is true or false/],
    ['"tested" as a number', { ...good, tested: 1 }, /"tested" is true or false/],
    ['a build that is none', { ...good, build: 'x' }, /"build" is the ARN of a build/],
    ['a build in the path of another request', { ...good, build: 'arn:aws:codebuild:eu-central-1:123456789012:build/a:b/../c' }, /"build" is the ARN of a build/],
    ['a long build', { ...good, build: `arn:aws:codebuild:eu-central-1:123456789012:build/a:${'b'.repeat(300)}` }, /"build" is the ARN of a build/],
  ])('with %s is refused', (_, body, reason) => {
    expect(() => parseCommand(request(typeof body === 'string' ? body : JSON.stringify(body)), signed)).toThrow(reason);
  });

  test('that is not UTF-8 is refused, where it would be read as something else', () => {
    const bytes = Buffer.concat([Buffer.from('{"command":"register","image":"'), Buffer.from([0xff]), Buffer.from('"}')]);
    expect(() => parseCommand(request(bytes.toString('base64'), { isBase64Encoded: true }), signed)).toThrow('the body is no JSON');
  });

  test('of as many bytes as are allowed is read, and of one more refused with 413', () => {
    const padded = (bytes: number): OperatorEvent => request(JSON.stringify(good).padEnd(bytes));
    expect(parseCommand(padded(REQUEST_LIMITS.body), signed)).toEqual(good);
    expect(() => parseCommand(padded(REQUEST_LIMITS.body + 1), signed)).toThrow(expect.objectContaining({ status: 413 }));
    expect(() => parseCommand(request(JSON.stringify({ ...good, image: 'ü'.repeat(600_000) })), signed)).toThrow(/limit is 1048576/);
  });

  test('says back no more than a line of what was asked', () => {
    try {
      parseCommand(request(JSON.stringify({ ...good, command: 'x'.repeat(100_000) })), signed);
    } catch (error) {
      expect((error as Error).message.length).toBeLessThan(250);
    }
    expect.assertions(1);
  });

  test('whatever comes in, nothing but a refusal comes out', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.constantFrom('signed', 'build_golden', 'direct_golden', undefined), (value, alias) => {
      for (const event of [value, request(JSON.stringify(value))]) {
        try {
          parseCommand(event as OperatorEvent, entranceOf(event as OperatorEvent, alias));
        } catch (error) {
          expect(error).toBeInstanceOf(RefusedRequest);
        }
      }
    }), { seed: 42, numRuns: 300 });
  });
});
