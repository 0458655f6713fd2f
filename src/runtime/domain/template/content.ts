/** What launch template data comes to, in a form that two writings of the same have in common: scalars as text, nothing empty, lists in order. */
export type Content = string | readonly Content[] | { readonly [member: string]: Content };

/**
 * Members that no request can set: EC2 adds them to what it gives back (EC2 API reference: they are in ResponseLaunchTemplateData and not in
 * RequestLaunchTemplateData).
 */
const ADDED: ReadonlySet<string> = new Set([
  'MetadataOptions.State', 'NetworkInterfaces.Ipv6Addresses.IsPrimaryIpv6', 'Operator.HiddenByDefault', 'Operator.Managed',
]);

/** Scalars that have more than one writing (assumption: template-data-as-given). */
const WRITINGS: Readonly<Record<string, (text: string) => string>> = {
  'InstanceMarketOptions.SpotOptions.MaxPrice': (text) => String(Number(text)),
  'InstanceMarketOptions.SpotOptions.ValidUntil': (text) => String(Date.parse(text)),
};

/**
 * The content of launch template data, as CloudFormation sends it to a custom resource (every scalar a string) or as EC2 describes it. The order of
 * its lists means nothing: devices, interfaces and tags are named, the others are sets. Undefined where nothing is in it: the EC2 query protocol
 * cannot tell that from absent.
 */
export function contentOf(value: unknown, path = ''): Content | undefined {
  if (value === undefined || value === null || ADDED.has(path)) return undefined;
  if (value instanceof Date) return scalar(value.toISOString(), path);
  if (Array.isArray(value)) return nonEmpty(value.flatMap((each) => contentOf(each, path) ?? []).sort(byText));
  if (typeof value !== 'object') return scalar(String(value), path);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([name, member]): Array<[string, Content]> => {
    const content = contentOf(member, path ? `${path}.${name}` : name);
    return content === undefined ? [] : [[name, content]];
  });
  return members.length > 0 ? Object.fromEntries(members) : undefined;
}

const scalar = (text: string, path: string): string => WRITINGS[path]?.(text) ?? text;

const nonEmpty = (list: Content[]): Content[] | undefined => (list.length > 0 ? list : undefined);

const byText = (a: Content, b: Content): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
