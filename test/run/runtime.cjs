// The runtime of the tests: each suite has modules of its own, but aws-cdk-lib is loaded once for all of them.
'use strict';
Object.defineProperty(exports, '__esModule', { value: true });
// eslint-disable-next-line import/no-extraneous-dependencies -- a part of jest, of whatever version jest is
const { default: Runtime } = require('jest-runtime');

const SHARED = /^(aws-cdk-lib|constructs)(\/|$)/;

const shared = (from, name) => require(require.resolve(name, { paths: [from] }));

exports.default = class extends Runtime {
  /** The CDK that all suites share reads the variables of the process: a suite may set them, until it ends. */
  constructor(config, environment, ...rest) {
    super(config, environment, ...rest);
    this.variables = { ...process.env };
    environment.global.process.env = process.env;
  }

  teardown() {
    Object.keys(process.env).filter((name) => !(name in this.variables)).forEach((name) => delete process.env[name]);
    Object.assign(process.env, this.variables);
    super.teardown();
  }

  requireModuleOrMock(from, name) {
    return SHARED.test(name) ? shared(from, name) : super.requireModuleOrMock(from, name);
  }

  requireActual(from, name) {
    return SHARED.test(name) ? shared(from, name) : super.requireActual(from, name);
  }
};

// The CDK records where each construct is made, on objects that are no errors. No test reads that, and the source maps of jest make it a third of the
// cost of a synthesis.
const { captureStackTrace } = Error;
Error.captureStackTrace = (target, below) => {
  if (target instanceof Error) captureStackTrace(target, below);
  else target.stack = '';
};
