import { isData, type ApiCall, type ApiClass, type ApiInterface, type ApiType } from './api';

type Api = ReadonlyMap<string, ApiType>;

/**
 * Everything that an app can use: constructors, factories, methods, and of what these take, each option and each
 * member of an enumeration. Named as the recorder names them. `bind` is left out, since the library calls it, and what only it gives and takes.
 */
export function doorsOf(api: Api): string[] {
  const classes = [...api].filter((entry): entry is [string, ApiClass] => entry[1].kind === 'class');
  const calls = classes.flatMap(([name, type]) => callsOf(name, type));
  const taken = new Set<string>();
  calls.flatMap(({ parameters }) => parameters).forEach(({ type }) => take(api, type, taken));
  return [
    ...calls.map(({ name }) => name),
    ...classes.flatMap(([name, { constants }]) => constants.map((each) => `${name}.${each}`)),
    ...[...taken].flatMap((name) => partsOf(api, name)),
  ].sort();
}

const callsOf = (name: string, { maker, statics, methods }: ApiClass): ApiCall[] => [
  ...(maker ? [{ ...maker, name: `new ${name}` }] : []),
  ...statics.map((each) => ({ ...each, name: `${name}.${each.name}` })),
  ...methods.filter((each) => each.name !== 'bind').map((each) => ({ ...each, name: `${name}#${each.name}` })),
];

/** Options and enumerations in a type, and in those. */
function take(api: Api, type: string, taken: Set<string>): void {
  const names = (type.match(/\w+/g) ?? []).filter((name) => isData(api.get(name)) && !taken.has(name));
  names.forEach((name) => {
    taken.add(name);
    const { bases, properties } = { bases: [], properties: {}, ...api.get(name) } as Pick<
      ApiInterface,
      'bases' | 'properties'
    >;
    [...bases, ...Object.values(properties)].forEach((each) => take(api, each, taken));
  });
}

function partsOf(api: Api, name: string): string[] {
  const type = api.get(name) as Exclude<ApiType, ApiClass>;
  return Object.keys(type.kind === 'enum' ? type.members : type.properties).map((part) => `${name}.${part}`);
}
