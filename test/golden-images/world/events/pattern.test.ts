import { compilePattern } from '../../../../golden-images/src/world/events/pattern';

const event = {
  'source': 'aws.imagebuilder',
  'detail-type': 'EC2 Image Builder Image State Change',
  'resources': ['arn:aws:imagebuilder:eu-central-1:1:image/shop-base/1.0.0/1'],
  'detail': { state: { status: 'AVAILABLE' }, count: 5, flag: true, nothing: null, empty: '', tags: [{ k: 'a', v: '1' }, { k: 'b', v: '2' }] },
};

describe('event patterns', () => {
  test.each<[unknown, boolean]>([
    [{ source: ['aws.imagebuilder'] }, true],
    [{ source: ['aws.ec2', 'aws.imagebuilder'] }, true],
    [{ source: ['aws.ec2'] }, false],
    [{ detail: { state: { status: ['AVAILABLE'] } } }, true],
    [{ detail: { state: { status: ['available'] } } }, false],
    [{ source: ['aws.imagebuilder'], detail: { count: [6] } }, false],
    [{ detail: { count: [5], flag: [true], nothing: [null] } }, true],
    [{ detail: { count: ['5'] } }, false],
    [{ resources: [{ prefix: 'arn:aws:imagebuilder:eu-central-1:1:image/shop-' }] }, true],
    [{ resources: [{ prefix: 'arn:aws:imagebuilder:eu-central-1:1:image/Shop-' }] }, false],
    [{ resources: [{ prefix: { 'equals-ignore-case': 'ARN:AWS:imagebuilder' } }] }, true],
    [{ resources: [{ suffix: '/1' }] }, true],
    [{ resources: [{ suffix: '/2' }] }, false],
    [{ resources: [{ wildcard: 'arn:*:image/*/1.0.*' }] }, true],
    [{ resources: [{ wildcard: 'image/*' }] }, false],
    [{ detail: { state: { status: [{ 'equals-ignore-case': 'available' }] } } }, true],
    [{ detail: { state: { status: [{ 'anything-but': 'FAILED' }] } } }, true],
    [{ detail: { state: { status: [{ 'anything-but': ['FAILED', 'AVAILABLE'] }] } } }, false],
    [{ detail: { state: { status: [{ 'anything-but': { prefix: 'AVAIL' } }] } } }, false],
    [{ detail: { state: { status: [{ 'anything-but': { suffix: 'ED' } }] } } }, true],
    [{ detail: { state: { status: [{ 'anything-but': { 'equals-ignore-case': ['available'] } }] } } }, false],
    [{ detail: { absent: [{ 'anything-but': 'x' }] } }, false],
    [{ detail: { absent: [{ exists: false }] } }, true],
    [{ detail: { absent: { deeper: [{ exists: false }] } } }, true],
    [{ detail: { count: [{ exists: false }] } }, false],
    [{ detail: { count: [{ exists: true }] } }, true],
    [{ detail: { nothing: [{ exists: true }] } }, true],
    [{ detail: { absent: [{ exists: true }] } }, false],
    [{ detail: { absent: [{ exists: false }, 'x'] } }, true],
    [{ detail: { count: [{ numeric: ['>', 4, '<=', 5] }] } }, true],
    [{ detail: { count: [{ numeric: ['>', 5] }] } }, false],
    [{ detail: { count: [{ numeric: ['=', 5] }] } }, true],
    [{ detail: { empty: [''] } }, true],
    [{ detail: { tags: { k: ['a'], v: ['1'] } } }, true],
    [{ detail: { tags: { k: ['a'], v: ['2'] } } }, false],
    [{ $or: [{ source: ['aws.ec2'] }, { detail: { count: [5] } }] }, true],
    [{ 'detail-type': ['x'], '$or': [{ source: ['aws.imagebuilder'] }, { detail: { count: [5] } }] }, false],
    [{ detail: { $or: [{ count: [4] }, { flag: [true] }] } }, true],
  ])('%j → %s', (pattern, expected) => {
    expect(compilePattern(JSON.stringify(pattern))(event)).toBe(expected);
  });

  test.each<[string, string]>([
    ['no json', 'InvalidEventPatternException'],
    ['{}', 'InvalidEventPatternException'],
    ['[]', 'InvalidEventPatternException'],
    ['{"source": "aws.ec2"}', 'InvalidEventPatternException'],
    ['{"source": []}', 'InvalidEventPatternException'],
    ['{"detail": {}}', 'InvalidEventPatternException'],
    ['{"source": [{"begins": "a"}]}', 'InvalidEventPatternException'],
    ['{"source": [{"prefix": 1}]}', 'InvalidEventPatternException'],
    ['{"source": [{"prefix": "a", "suffix": "b"}]}', 'InvalidEventPatternException'],
    ['{"source": [{"exists": "yes"}]}', 'InvalidEventPatternException'],
    ['{"count": [{"numeric": [">"]}]}', 'InvalidEventPatternException'],
    ['{"count": [{"numeric": ["!", 1]}]}', 'InvalidEventPatternException'],
    ['{"source": [{"wildcard": "a**"}]}', 'InvalidEventPatternException'],
    ['{"source": [{"anything-but": {"numeric": [">", 1]}}]}', 'InvalidEventPatternException'],
    ['{"source": [{"anything-but": []}]}', 'InvalidEventPatternException'],
    ['{"$or": [{"source": ["a"]}]}', 'InvalidEventPatternException'],
    ['{"ip": [{"cidr": "10.0.0.0/8"}]}', 'NotModelled'],
  ])('%s is refused', (pattern, code) => {
    expect(() => compilePattern(pattern)).toThrow(expect.objectContaining({ code }));
  });
});
