import { fetched } from '../../component/linux/fetch';
import { plannedStep } from '../../component/linux/script';
import { unpackLines } from '../../component/linux/unpack';
import type { Source } from '../../component/source';
import type { Step } from '../../component/step';
import { bashQuoted } from '../../component/step/quoting';
import type { PackerScriptFilesOptions } from '../packer-script-options';

const FOLDER = '/var/tmp/golden-images-run';

/** Brings files to the instance, runs a tool on them, and removes them. */
export const stagedStep = (folder: Source, tool: PackerScriptFilesOptions): Step => plannedStep(tool.stepName, (scope, options) => {
  const { program, commands } = tool;
  const archive = fetched(scope, options, folder);
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
