import { fullName } from './print';
import { runtimeText } from './print-values';
import type { Block, Setting, Template, Variable } from '../../../src/packer/template/model';

/**
 * What of a template has to survive: all but places, notices, the words in which only JSON has a description, and the format.
 * Names of builders are those of HCL2, what is null is not set, and characters are composed, as HCL has them.
 */
export function comparable(template: Template): unknown {
  return JSON.parse(JSON.stringify(kept(template)).normalize('NFC'));
}

function kept({ format, requiredVersion, variables, builds, data }: Template): unknown {
  return {
    requiredVersion,
    variables: variables.map(variable),
    data: data.map((each) => block(each, new Map())),
    builds: builds.map((build) => {
      const names = new Map(build.builders.map((builder) => [builder.name ?? builder.type, fullName(builder, format)]));
      return {
        name: build.name,
        builders: build.builders.map((builder) => ({ ...block(builder, names), name: fullName(builder, format) })),
        provisioners: build.provisioners.map((each) => block(each, names)),
        cleanup: build.errorCleanup && block(build.errorCleanup, names),
        postProcessors: build.postProcessors.map((chain) => chain.map((each) => block(each, names))),
      };
    }),
  };
}

/** HCL2 has no variable that is computed: what only the build knows stays a template, and what comes of a secret is one. */
function variable({ name, sensitive, description, used, value }: Variable): unknown {
  const secret = sensitive || value?.kind === 'secret';
  return { name, description, used, secret, value: value && (secret ? 'secret' : value.kind === 'runtime' ? runtimeText(value.value.parts) : plain(value)) };
}

function block({ type, name, only, except, overrides, settings }: Block, names: ReadonlyMap<string, string>): Record<string, unknown> {
  const named = (each: string): string => names.get(each) ?? each;
  return {
    type,
    name,
    only: only?.map(named),
    except: except?.map(named),
    overrides: overrides && [...overrides].map(([each, given]) => [named(each), entries(given)]),
    settings: entries(settings).filter(([, value]) => value !== null),
  };
}

/** As a list: the order counts. */
const entries = (settings: ReadonlyMap<string, Setting>): Array<[string, unknown]> => [...settings].map(([key, value]) => [key, plain(value)]);

function plain(setting: Setting): unknown {
  switch (setting.kind) {
    // HCL knows no negative zero.
    case 'scalar': return Object.is(setting.value, -0) ? 0 : setting.value;
    case 'list': return { list: setting.value.map(plain) };
    case 'map': return { map: entries(setting.value) };
    case 'runtime': return { runtime: setting.value.parts };
    case 'secret': return { secret: setting.value };
    case 'unread': return { unread: setting.value.what };
    case 'data': return { data: [setting.value.block.type, setting.value.block.name, setting.value.attribute] };
  }
}
