import { bashQuoted as quoted } from '../../../../src/component/step/quoting';

/** Scripts of UpdateOS by package manager: "uses either yum or apt-get"; dnf is what yum has become. */
export type PackageManager = 'apt-get' | 'dnf' | 'yum';

/** "If both lists are provided, the resulting list can include only those in the include list that are not in the exclude list." */
export function updateScript(manager: PackageManager, include: readonly string[], exclude: readonly string[]): string {
  const wanted = include.filter((each) => !exclude.includes(each)).map(quoted);
  if (include.length > 0 && wanted.length === 0) {
    return 'exit 0';
  }
  return manager === 'apt-get' ? aptScript(wanted, exclude.map(quoted)) : `${manager} -y ${exclude.map((each) => `--exclude=${quoted(each)} `).join('')}update ${wanted.join(' ')}`;
}

function aptScript(wanted: readonly string[], exclude: readonly string[]): string {
  return [
    'set -e',
    'export DEBIAN_FRONTEND=noninteractive',
    'apt-get update',
    ...exclude.length > 0 ? [`held=$(apt-mark hold ${exclude.join(' ')} | sed -n "s/ set on hold.*//p")`, 'trap "apt-mark unhold $held" EXIT'] : [],
    wanted.length > 0 ? `apt-get install -y --only-upgrade ${wanted.join(' ')}` : 'apt-get upgrade -y',
  ].join('\n');
}
