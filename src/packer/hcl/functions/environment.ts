import { known, type FunctionTable } from './call';
import { REFUSED_FUNCTIONS } from './refused';

/** `env` is a function of the defaults of variables alone. */
export const environment: FunctionTable = {
  env: known(1, 1, (call) => {
    const { why, fix } = REFUSED_FUNCTIONS.env!;
    return (call.context.environment ?? call.fail(why, fix))[call.text(0)] ?? '';
  }),
};
