import type { NormalizedSchema } from '@smithy/core/schema';
import { QueryTree } from './query-tree';
import { parseScalar } from './scalar';
import { NotModelled } from '../../world/kernel';

/**
 * Reads the input of the query protocols. The two differ in the names of members and in lists: `Tags.member.1` against `Tag.1`.
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html and …/aws-ec2-query-protocol.html
 */
export class QueryInput {
  public constructor(private readonly ec2: boolean) {}

  /** A parameter that the schema does not know is refused by name. */
  public read(schema: NormalizedSchema, body: string): Record<string, unknown> {
    const tree = QueryTree.parse(body);
    tree.children.delete('Action');
    tree.children.delete('Version');
    if (!schema.isStructSchema()) return {};
    return this.structure(schema, tree, '');
  }

  private value(schema: NormalizedSchema, node: QueryTree, path: string): unknown {
    if (schema.isStructSchema()) return this.structure(schema, node, path);
    if (schema.isListSchema()) return this.list(schema, node, path);
    if (schema.isMapSchema()) return this.map(schema, node, path);
    return parseScalar(schema, node.value ?? '', path);
  }

  private structure(schema: NormalizedSchema, node: QueryTree, path: string): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    const left = new Set(node.children.keys());
    for (const [name, member] of schema.structIterator()) {
      const key = this.memberKey(name, member);
      const child = node.child(key);
      if (!child) continue;
      left.delete(key);
      result[name] = this.value(member, child, `${path}${key}.`);
    }
    const [unknown] = left;
    if (unknown !== undefined) throw new NotModelled(`the parameter ${path}${unknown}`);
    return result;
  }

  private list(schema: NormalizedSchema, node: QueryTree, path: string): unknown[] {
    const item = schema.getValueSchema();
    const flat = this.ec2 || schema.getMergedTraits().xmlFlattened;
    const holder = flat ? node : node.child(item.getMergedTraits().xmlName ?? 'member');
    return (holder?.numbered() ?? []).map((each, index) => this.value(item, each, `${path}${index + 1}.`));
  }

  private map(schema: NormalizedSchema, node: QueryTree, path: string): Record<string, unknown> {
    const [key, value] = [schema.getKeySchema(), schema.getValueSchema()];
    const holder = schema.getMergedTraits().xmlFlattened ? node : node.child('entry');
    const result: Record<string, unknown> = {};
    for (const entry of holder?.numbered() ?? []) {
      const name = entry.child(key.getMergedTraits().xmlName ?? 'key')?.value ?? '';
      const given = entry.child(value.getMergedTraits().xmlName ?? 'value');
      if (given) result[name] = this.value(value, given, `${path}${name}.`);
    }
    return result;
  }

  private memberKey(name: string, member: NormalizedSchema): string {
    const { ec2QueryName, xmlName } = member.getMergedTraits() as { ec2QueryName?: string; xmlName?: string };
    const key = xmlName ?? name;
    return this.ec2 ? ec2QueryName ?? key[0]!.toUpperCase() + key.slice(1) : key;
  }
}
