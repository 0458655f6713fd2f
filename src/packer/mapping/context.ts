import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { RuntimeSecret } from '../../component/secret';
import type { Platform } from '../../image/platform';
import type { OperatingSystemVersion } from '../../platform';
import { TemplateError } from '../template/error';
import type { Block, Position } from '../template/model';
import type { Notices } from '../template/notices';

/** Where a provisioner is mapped: for which builder, and with what. */
export interface MappingContext {
  readonly builder: Block;
  readonly platform: Platform;
  readonly osVersion?: OperatingSystemVersion;
  readonly notices: Notices;
  /** Whether nothing runs after this provisioner. */
  readonly last?: boolean;
  /** Called where steps hold what is true for this builder only: they are then not shared with others. */
  readonly dependsOnBuilder: () => void;
  /** By the name of the sensitive variable. */
  readonly secrets: Readonly<Record<string, RuntimeSecret>>;
  readonly ansibleVersion?: string;
}

/** The secret to which a sensitive variable is bound. */
export function boundSecret({ secrets }: Pick<MappingContext, 'secrets'>, variable: string, at: Position): RuntimeSecret {
  const secret = Object.hasOwn(secrets, variable) ? secrets[variable] : undefined;
  if (secret !== undefined) return secret;
  throw new TemplateError(at, `the variable "${variable}" is sensitive and bound to no secret`,
    `bind it: PackerTemplate.fromFile(…, { secrets: { ${variable}: RuntimeSecret.secretsManager(secret) } })`);
}

/** A file of the template's author: beside the template, else where the app is run, which is where Packer would look. */
export function localPath(path: string, at: Position): string {
  const candidates = [resolve(dirname(at.file), path), resolve(path)];
  const found = path === '' || path.includes('\0') ? undefined : candidates.find((candidate) => existsSync(candidate));
  if (found !== undefined) return found;
  throw new TemplateError(at, `there is no file "${path}"`, 'correct the path; a relative one starts beside the template, or where the app is run');
}
