import { Condition, type Step } from '../component/step';

/** What is done on systems with dnf, and on those with apt: the same question as that of every step for packages. */
export const onDnf = (step: Step): Step => step.withOptions({ condition: Condition.binaryExists('dnf') });
export const onApt = (step: Step): Step => step.withOptions({ condition: Condition.negate(Condition.binaryExists('dnf')) });
