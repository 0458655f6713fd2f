/** The parameters of a query request as a tree: `Tags.member.1.Key=a` is four levels deep. */
export class QueryTree {
  public static parse(body: string): QueryTree {
    const root = new QueryTree();
    for (const [name, value] of new URLSearchParams(body)) {
      let node = root;
      for (const part of name.split('.')) node = node.descend(part);
      node.value = value;
    }
    return root;
  }

  public value: string | undefined;
  public readonly children = new Map<string, QueryTree>();

  public child(name: string): QueryTree | undefined {
    return this.children.get(name);
  }

  /** The children named 1, 2, 3, … in that order. */
  public numbered(): QueryTree[] {
    return [...this.children]
      .filter(([name]) => /^\d+$/.test(name))
      .sort(([a], [b]) => Number(a) - Number(b))
      .map(([, node]) => node);
  }

  private descend(name: string): QueryTree {
    let next = this.children.get(name);
    if (!next) this.children.set(name, next = new QueryTree());
    return next;
  }
}
