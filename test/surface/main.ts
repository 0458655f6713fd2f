import {
  AwsSolutionsChecks,
  HIPAASecurityChecks,
  NIST80053R5Checks,
  PCIDSS321Checks,
  ServerlessChecks,
} from 'cdk-nag';
import { surface } from './app';

/** The app, as the command line of the CDK runs it; with `packs`, held to the packs of cdk-nag. */
const [region = 'eu-central-1', packs] = process.argv.slice(2);
const { app } = surface({ account: '111122223333', region });
app.synth();
if (packs === 'packs') {
  const found = [
    AwsSolutionsChecks,
    NIST80053R5Checks,
    HIPAASecurityChecks,
    PCIDSS321Checks,
    ServerlessChecks,
  ].flatMap((Pack) => {
    const { violations } = new Pack().validateScope(app);
    return violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map((each) => `${ruleName}: ${each.constructPath}`),
    );
  });
  found.forEach((line) => console.log(line));
  process.exitCode = found.length > 0 ? 1 : 0;
}
