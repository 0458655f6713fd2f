import { partsOf, type ClassName, type Code, type ModuleCode } from './code';

/** What a stack imports, in the order in which linters want it. */
export interface Imports {
  readonly modules: ReadonlyArray<readonly [string, string[]]>;
  /** Whether it names files. */
  readonly paths: boolean;
}

const OF_STACKS: ClassName[] = [
  { name: 'Stack', module: 'aws-cdk-lib' }, { name: 'StackProps', module: 'aws-cdk-lib' }, { name: 'Construct', module: 'constructs' },
];

export function importsOf({ className, statements }: ModuleCode): Imports {
  const all = statements.flatMap(({ code }) => within(code));
  const classes = [...className === undefined ? [] : OF_STACKS, ...all.flatMap((code) => (code.kind !== 'options' && 'type' in code ? [code.type] : []))];
  const modules = new Map<string, Set<string>>();
  for (const { name, module } of classes) modules.set(module, (modules.get(module) ?? new Set()).add(name));
  return {
    modules: [...modules].sort(([a], [b]) => (a < b ? -1 : 1)).map(([module, names]) => [module, [...names].sort()] as const),
    paths: all.some(({ kind }) => kind === 'path'),
  };
}

const within = (code: Code): Code[] => [code, ...partsOf(code).flatMap(within)];
