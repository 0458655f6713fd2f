import { Condition, Step } from '../component/step';

/** What is done on systems with dnf, and on those with apt: the same question as that of every step for packages. */
export const onDnf = (step: Step): Step => step.withOptions({ condition: Condition.binaryExists('dnf') });
export const onApt = (step: Step): Step => step.withOptions({ condition: Condition.negate(Condition.binaryExists('dnf')) });

/** A step for what the distributions give two names. */
export const eachName = (dnf: string, apt: string, step: (name: string) => Step): Step => Step.sequence(onDnf(step(dnf)), onApt(step(apt)));
