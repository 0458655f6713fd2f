/** What `packer inspect -machine-readable` tells of a template. */
export interface Inspected {
  /** Name to default, as it is written; undefined where one is required. */
  readonly variables: ReadonlyMap<string, string | undefined>;
  readonly builds: ReadonlyArray<{ readonly builders: string[]; readonly provisioners: string[]; readonly postProcessors?: string[][] }>;
}

/** Lines of `time,target,type,data…`, with commas and line breaks escaped. */
export function parseInspection(output: string): Inspected {
  const lines = output.split('\n').map((line) => line.split(',').slice(2).map(unescaped));
  const said = lines.filter(([type, category]) => type === 'ui' && category === 'say').map(([, , text]) => text ?? '');
  if (said[0]?.includes('HCL2')) return parseHcl(said.join('\n'));
  const of = (type: string) => lines.filter(([found]) => found === type).map((line) => line.slice(1));
  return {
    variables: new Map(of('template-variable').map(([name, value, required]) => [name!, required === '1' ? undefined : value])),
    builds: [{ builders: of('template-builder').map(([name]) => name!), provisioners: of('template-provisioner').map(([type]) => type!) }],
  };
}

function unescaped(text: string): string {
  return text.replaceAll('%!(PACKER_COMMA)', ',').replaceAll('\\n', '\n').replaceAll('\\r', '\r');
}

/** The text for people: HCL2 has no other in 1.6.6. */
function parseHcl(text: string): Inspected {
  const [variables, builds] = [text.split('> local-variables:')[0]!, text.split('> builds:')[1] ?? ''];
  return {
    variables: new Map([...variables.matchAll(/^var\.(\S+): "([^]*?)"$(?=\n(?:var\.|\n|$))/gm)].map(([, name, value]) => [name!, value === '<unknown>' ? undefined : unquoted(value!)])),
    builds: builds.split(/^ {2}> /m).slice(1).map((build) => ({
      builders: words(section(build, 'sources')),
      provisioners: words(section(build, 'provisioners')),
      postProcessors: chains(section(build, 'post-processors')),
    })),
  };
}

/** What stands in Go's quotes. */
const unquoted = (text: string): string => text.replace(/\\([n"\\])/g, (_, sign: string) => (sign === 'n' ? '\n' : sign));

function section(build: string, name: string): string {
  return new RegExp(`^ {4}${name}:\\n([^]*?)(?=^ {4}\\S|$(?![^]))`, 'm').exec(build)?.[1] ?? '';
}

function words(text: string): string[] {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('<'));
}

function chains(text: string): string[][] {
  return text.split(/^ {6}\d+:$/m).slice(1).map(words);
}
