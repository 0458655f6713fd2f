import { StagedFolder, type StagedFile } from './staged-folder';
import { fetched } from '../../../component/linux/fetch';
import { plannedStep } from '../../../component/linux/script';
import { unpackLines } from '../../../component/linux/unpack';
import type { Step } from '../../../component/step';
import { bashQuoted } from '../../../component/step/quoting';

/** A tool of configuration management that is on the instance, and runs on files of ours. */
export interface StagedRun {
  readonly stepName: string;
  /** The tool, which must be there. */
  readonly program: string;
  readonly files: ReadonlyArray<StagedFile>;
  /** Commands, run in the folder of the files. */
  readonly commands: string[];
}

const FOLDER = '/var/tmp/golden-images-run';

/** Brings files to the instance, runs a tool on them, and removes them. */
export const stagedStep = ({ stepName, program, files, commands }: StagedRun): Step => plannedStep(stepName, (scope, options) => {
  const archive = fetched(scope, options, new StagedFolder(stepName.toLowerCase(), files));
  return {
    before: archive.before,
    lines: [
      `command -v ${bashQuoted(program)} >/dev/null || fail ${bashQuoted(`${program} is not on this instance: install it by a provisioner before`)}`,
      `rm -rf ${FOLDER} && mkdir -p ${FOLDER}`,
      ...unpackLines(scope, archive, 0, FOLDER),
      `cd ${FOLDER}`,
      ...commands,
      'cd /',
      `rm -rf ${FOLDER}`,
      ...archive.after,
    ],
  };
});
