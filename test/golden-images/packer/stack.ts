import { App, Stack } from 'aws-cdk-lib';
import * as ts from 'typescript';
import * as library from '../../../src';
import { literal, Synthesized } from '../../image/fixture';

/** Runs a generated module of TypeScript, and synthesizes its stack. */
export function stackOf(code: string, folder: string): Synthesized {
  const { outputText } = ts.transpileModule(code, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const exported: Record<string, new (scope: App, id: string) => Stack> = {};
  const load = (name: string): unknown => (name === 'cdk-golden-images' ? library : jest.requireActual(name));
  new Function('require', 'exports', '__dirname', outputText)(load, exported, folder);
  const [type] = Object.values(exported);
  return new Synthesized(new type!(new App({ analyticsReporting: false }), 'Web'));
}

/** The component documents of a stack, by name. */
export const documentsOf = (stack: Synthesized): Record<string, string> =>
  Object.fromEntries(stack.ofType('AWS::ImageBuilder::Component').map(({ Properties }) => [Properties.Name, literal(Properties.Data)]));
