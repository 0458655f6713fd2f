import { Fixture, things } from './fixture';

describe('creating a stack', () => {
  test('makes resources after what they stand on, and writes the events of it', async () => {
    const fixture = new Fixture();
    const status = await fixture.deploy(things({
      C: { Properties: { Value: { 'Fn::GetAtt': ['B', 'Value'] } } },
      B: { Properties: { Value: { Ref: 'A' } } },
      A: { Properties: { Value: 1 } },
      D: { DependsOn: ['C'] },
    }));
    expect(status).toBe('CREATE_COMPLETE');
    expect(fixture.verbs()).toEqual(['create A', 'create B', 'create C', 'create D']);
    expect(fixture.things.state.get(fixture.physicalId('C'))).toEqual({ Value: fixture.physicalId('A') });
    expect(fixture.story().slice(0, 5)).toEqual([
      'stack REVIEW_IN_PROGRESS', 'stack CREATE_IN_PROGRESS', 'A CREATE_IN_PROGRESS', 'A CREATE_IN_PROGRESS', 'A CREATE_COMPLETE',
    ]);
    expect(fixture.story().at(-1)).toBe('stack CREATE_COMPLETE');
  });
});
