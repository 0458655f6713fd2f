import { ansibleScript } from './ansible-script';
import { fetched } from './fetch';
import { plannedStep } from './script';
import { unpackLines } from './unpack';
import type { RuntimeSecret } from '../secret';
import { bashFetch } from '../secret-fetch';
import { fetchSecrets } from '../secret-script';
import type { Source } from '../source';
import type { Step } from '../step';
import { bashQuoted } from '../step/quoting';

/** Options of `Ansible.playbook`. */
export interface AnsiblePlaybookOptions {
  /** Path of the playbook in the source. */
  readonly playbook: string;

  /**
   * Version of ansible-core, such as `2.15.13`. It must run on the instance's Python: 2.15 is the last for Python 3.9, which Amazon Linux 2023 has.
   *
   * @default - the last one for the instance's Python, 3.6 to 3.13, of those that this library pins: 2.11.12, 2.13.13, 2.15.13, 2.17.14 or 2.18.12
   */
  readonly version?: string;

  /**
   * Variables of the playbook: texts, numbers, lists, maps. Never secrets: they are part of the component's document.
   *
   * @default - none
   */
  readonly extraVars?: { [name: string]: any };

  /**
   * Secrets by the name of their environment variable, for `lookup('env', …)`. They are fetched when the playbook runs.
   *
   * @default - none
   */
  readonly secrets?: { [variable: string]: RuntimeSecret };

  /**
   * Collections with their versions, such as `community.general:8.6.0`.
   *
   * @default - those that the source has
   */
  readonly collections?: string[];

  /**
   * Path in the source of a file with roles and collections that are to be installed.
   *
   * @default - none
   */
  readonly requirementsFile?: string;

  /**
   * Python packages that the playbook's modules need in Ansible's environment, with their versions, such as `boto3==1.34.0`.
   *
   * @default - none
   */
  readonly pythonPackages?: string[];

  /**
   * Address of the index of Python packages.
   *
   * @default - the public one
   */
  readonly packageIndex?: string;

  /**
   * Python that runs Ansible, which must be on the instance.
   *
   * @default 'python3'
   */
  readonly python?: string;

  /**
   * Name of the instance in the inventory: `hosts` of the playbook is this name, or `all`.
   *
   * @default 'localhost'
   */
  readonly inventoryHostname?: string;

  /**
   * Whether Ansible stays in the image, in /opt/golden-images-ansible.
   *
   * @default false
   */
  readonly keepAnsible?: boolean;
}

/** Configuration management by Ansible, on the build instance itself. */
export class Ansible {
  /**
   * Runs a playbook against the build instance (`ansible-playbook -c local -i localhost,`). Ansible gets a Python environment of its own, so
   * that it meets no package of the distribution, and is removed after. The playbook must not restart the instance; `Step.reboot` does.
   *
   * @param source folder or archive with the playbook
   */
  public static playbook(source: Source, options: AnsiblePlaybookOptions): Step {
    return plannedStep('AnsiblePlaybook', (scope, bind) => {
      const file = fetched(scope, bind, source);
      const secrets = options.secrets === undefined ? [] : fetchSecrets(scope, bind, options.secrets, bashFetch);
      return {
        before: file.before,
        lines: [...secrets, ...ansibleScript(scope, options, (folder) => unpackLines(scope, file, 0, bashQuoted(folder))), ...file.after],
      };
    });
  }

  private constructor() {}
}
