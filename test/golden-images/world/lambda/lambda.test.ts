import { zipSync, strToU8 } from 'fflate';
import { LambdaService } from '../../../../golden-images/src/world/lambda/lambda';
import { World } from '../../../../golden-images/src/world/kernel';

describe('functions', () => {
  let world: World;
  let lambda: LambdaService;
  beforeEach(() => {
    world = new World();
    lambda = world.get(LambdaService);
  });
  afterEach(() => lambda.close());

  const create = (code: string, more: Record<string, unknown> = {}): void =>
    void lambda.create({
      FunctionName: 'f', Runtime: 'nodejs20.x', Handler: 'index.handler', Role: 'arn:aws:iam::123456789012:role/r',
      Code: { ZipFile: zipSync({ 'index.mjs': strToU8(code) }) }, ...more,
    });

  test('run on virtual time, with their environment', async () => {
    create(`
      import { setTimeout as sleep } from 'node:timers/promises';
      const loaded = Date.now();
      export const handler = async (event) => {
        const before = new Date();
        await sleep(2500);
        console.log('hello', { n: 1 });
        return { event, loaded, before, slept: Date.now() - before.getTime(), env: process.env.COLOUR, name: process.env.AWS_LAMBDA_FUNCTION_NAME };
      };`, { Timeout: 10, Environment: { Variables: { COLOUR: 'green' } } });
    const result = await lambda.invoke('f', { a: 1 });
    expect(result).toEqual({ payload: {
      event: { a: 1 }, loaded: world.now, before: new Date(world.now).toISOString(), slept: 2500, env: 'green', name: 'f',
    } });
    expect(lambda.logs('f')).toMatchObject([{ level: 'INFO', text: 'hello { n: 1 }', at: world.now + 2500 }]);
  });
});
