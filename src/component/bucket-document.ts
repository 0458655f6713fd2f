import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileAssetPackaging, Stack, Stage, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { parseDocument, visit } from 'yaml';

/** A document without values that are known only while deploying: those became parameters, which a recipe gives. */
export interface ParametrisedDocument {
  readonly text: string;
  readonly parameters: { [name: string]: string };
}

/** What a file in a bucket cannot hold, since it is published before, is handed over by recipes. */
export function parametrise(scope: Construct, text: string): ParametrisedDocument {
  if (!Token.isUnresolved(text)) {
    return { text, parameters: {} };
  }
  const document = parseDocument(text);
  const names = new DeployedValues();
  visit(document, {
    // Written again by the library, which knows when a text has to stand in quotes.
    Scalar: (_, node) => {
      node.value = typeof node.value === 'string' ? names.writeInto(Stack.of(scope).resolve(node.value)) : node.value;
    },
  });
  const declared = names.all().map((name) => ({ [name]: { type: 'string', description: 'Known when the stack is deployed' } }));
  document.set('parameters', document.createNode([...(document.toJS().parameters as unknown[] | undefined) ?? [], ...declared]));
  return { text: document.toString({ lineWidth: 0 }), parameters: names.values };
}

/** Values that are known only while deploying, each by one name. */
class DeployedValues {
  public readonly values: Record<string, string> = {};
  private readonly byContent = new Map<string, string>();

  public all(): string[] {
    return Object.keys(this.values);
  }

  public writeInto(resolved: unknown): string {
    if (typeof resolved === 'string') {
      return resolved;
    }
    const parts = (resolved as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join']?.[1];
    return parts === undefined ? `{{ ${this.nameOf(resolved)} }}` : parts.map((part) => this.writeInto(part)).join('');
  }

  private nameOf(value: unknown): string {
    const content = JSON.stringify(value);
    const name = this.byContent.get(content) ?? `deployedValue${this.byContent.size + 1}`;
    this.byContent.set(content, name);
    this.values[name] = Token.asString(value);
    return name;
  }
}

/** Puts a document among the assets of the stack, while its template is written. Gives its address. */
export function publish(scope: Construct, text: string): string {
  const sourceHash = createHash('sha256').update(text).digest('hex');
  const fileName = `asset.${sourceHash}.yaml`;
  writeFileSync(join(Stage.of(scope)!.outdir, fileName), text);
  return Stack.of(scope).synthesizer.addFileAsset({ fileName, sourceHash, packaging: FileAssetPackaging.FILE }).s3ObjectUrl!;
}
