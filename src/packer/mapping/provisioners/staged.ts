import { basename } from 'node:path';
import type { SourcePlan, StagedFile } from '../../plan';
import { localPath } from '../local-path';
import { textOf } from '../text';
import type { Values } from '../values';

/** Local files and folders that an option names, each under a name in the archive. */
export const stagedFrom = (values: Values, option: string, to: (name: string, index: number) => string): StagedFile[] =>
  values.list(option).flatMap((item, index) => {
    const path = textOf(item, option, values.part);
    const from = path === undefined ? undefined : localPath(path, item.at, values.part);
    return from === undefined ? [] : [{ from, to: to(basename(from), index) }];
  });

export const staged = (name: string, files: StagedFile[]): SourcePlan => ({ kind: 'staged', name, files });
