const RUNBOOK = 'https://github.com/cdk-golden-images/cdk-golden-images/blob/main/docs/runbook.md';

/** Where the section of an alarm is. */
export const runbook = (section: string): string => `${RUNBOOK}#${section}`;
