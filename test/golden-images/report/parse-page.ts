/** Elements that have no end tag. */
const VOID = ['meta', 'br', 'hr', 'img', 'link', 'input'];
const ENTITIES: Record<string, string> = { 'amp': '&', 'lt': '<', 'gt': '>', 'quot': '"', '#39': "'" };

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Of this element and all inside. */
  text: string;
}

const decode = (text: string): string => text.replace(/&([a-z]+|#\d+);/g, (all, name: string) => ENTITIES[name] ?? all);

/** Reads a page strictly: every element is closed in its order and every attribute is quoted, else it throws. */
export function parsePage(page: string): Element[] {
  const all: Element[] = [];
  const open: Element[] = [];
  const body = page.replace(/^<!DOCTYPE html>\n/, '');
  for (const [token, end, name, attributes, , text] of body.matchAll(/<(\/?)([a-z][a-z0-9-]*)((\s+[\w:-]+="[^"<>]*")*)\s*\/?>|([^<]+)|</gi)) {
    if (text !== undefined) {open.forEach((element) => { element.text += decode(text); });} else if (name === undefined) {throw new Error(`a tag that cannot be read after ${open.at(-1)?.name}`);} else if (end) {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes another element`);
    } else {
      const pairs = [...attributes!.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key, value]) => [key!, decode(value!)]);
      const element = { name, attributes: Object.fromEntries(pairs), text: '' };
      all.push(element);
      if (!VOID.includes(name) && !token.endsWith('/>')) open.push(element);
    }
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)!.name}> is never closed`);
  return all;
}
