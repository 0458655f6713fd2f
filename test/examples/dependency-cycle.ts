/** Ids of resources that depend on each other in a circle, as CloudFormation finds them; undefined if there are none. */
export function dependencyCycle(template: Record<string, any>): string[] | undefined {
  const resources: Record<string, any> = template.Resources;
  const done = new Set<string>();
  const visit = (id: string, path: string[]): string[] | undefined => {
    if (path.includes(id)) { return [...path.slice(path.indexOf(id)), id]; }
    if (done.has(id)) { return undefined; }
    for (const next of references(resources[id], resources)) {
      const cycle = visit(next, [...path, id]);
      if (cycle) { return cycle; }
    }
    done.add(id);
    return undefined;
  };
  for (const id of Object.keys(resources)) {
    const cycle = visit(id, []);
    if (cycle) { return cycle; }
  }
  return undefined;
}

function references({ Properties, DependsOn = [] }: any, resources: Record<string, any>): string[] {
  const found = new Set<string>([DependsOn].flat());
  const walk = (value: any): void => {
    if (Array.isArray(value)) { value.forEach(walk); }
    if (value === null || typeof value !== 'object' || Array.isArray(value)) { return; }
    if (typeof value.Ref === 'string') { found.add(value.Ref); }
    if (value['Fn::GetAtt']) { found.add([value['Fn::GetAtt']].flat()[0].split('.')[0]); }
    if (value['Fn::Sub']) { for (const [, id] of String([value['Fn::Sub']].flat()[0]).matchAll(/\$\{([A-Za-z0-9]+)/g)) { found.add(id!); } }
    Object.values(value).forEach(walk);
  };
  walk(Properties);
  return [...found].filter((id) => id in resources);
}
