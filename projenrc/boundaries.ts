import type { awscdk } from 'projen';

interface Zone {
  /** The room whose files are checked. */
  readonly target: string;
  /** What it may not import. */
  readonly from: string;
  readonly except?: string[];
  readonly message: string;
}

/** The arrows of ARCHITECTURE.md. */
const zones: Zone[] = [
  { target: './src/runtime/domain', from: './src', except: ['./runtime/domain', './contract'], message: 'domain is pure: it imports only itself and contract' },
  { target: './src/runtime/domain', from: './node_modules', message: 'domain knows no package' },
  { target: './src/runtime/controllers', from: './src/runtime/aws', message: 'controllers know ports, not adapters' },
  { target: './src/runtime/controllers', from: './node_modules', message: 'controllers know no package' },
  { target: './src/runtime/aws', from: './src/runtime/controllers', message: 'adapters do and decide nothing' },
  { target: './src/platform', from: './src', except: ['./platform', './private/errors.ts'], message: 'the platform stands below all rooms' },
  { target: './src/platform', from: './node_modules', message: 'the platform knows no package' },
  { target: './src/contract', from: './src', except: ['./contract'], message: 'contract stands alone' },
  ...['image', 'component', 'catalog', 'release', 'fleet', 'packer', 'monitoring', 'control-plane', 'platform', 'private'].map((room) => ({
    target: `./src/${room}`,
    from: './src/runtime',
    message: 'constructs never import the runtime',
  })),
  ...['template', 'hcl', 'json'].map((room) => ({
    target: `./src/packer/${room}`,
    from: './src',
    except: ['./packer/template', './packer/hcl', './packer/json', './private/nearest.ts'],
    message: 'reading a template knows nothing of images',
  })),
  ...['./src/packer/plan', './src/packer/mapping', './src/packer/template', './src/packer/hcl', './src/packer/json', './golden-images/src/packer'].flatMap((target) => [
    { target, from: './node_modules/aws-cdk-lib', message: 'a template becomes a plan without the CDK' },
    { target, from: './node_modules/constructs', message: 'a template becomes a plan without the CDK' },
  ]),
  { target: './src/packer/plan', from: './src', except: ['./packer/plan', './packer/template', './platform'], message: 'a plan is plain data' },
  { target: './src/packer/mapping', from: './src/packer/constructs', message: 'a template becomes a plan, and a plan becomes constructs' },
  { target: './src/component/document', from: './src/component', except: ['./document'], message: 'the grammar of documents stands alone' },
  { target: './src/runtime', from: './src', except: ['./runtime', './contract'], message: 'the runtime knows no constructs' },
  { target: './golden-images/src/world', from: './src', message: 'the world knows AWS, not us' },
  { target: './golden-images/src/wire', from: './src', message: 'the wire knows AWS, not us' },
  { target: './golden-images/src/world', from: './golden-images/src', except: ['./world'], message: 'the world stands alone' },
];

export function addBoundaries(project: awscdk.AwsCdkConstructLibrary): void {
  project.eslint!.addRules({ 'import/no-restricted-paths': ['error', { zones }] });
}
