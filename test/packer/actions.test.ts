import { readFileSync } from 'node:fs';
import { ourText } from './helpers/actions';
import { fixture } from './helpers/fixtures';

/** The texts that Packer 1.9.4 makes of actions; null where it refuses. `npx projen packer-oracle` holds them to Packer. */
const RECORDED = JSON.parse(readFileSync(fixture('actions.json'), 'utf8')) as Record<string, string | null>;

/** What Go's templates have beside Packer's functions is refused. */
const REFUSED_HERE = /printf|len|eq |if |'a'|\$x|print|index|not |and |or |html|urlquery|js |slice|println|with /;

/** What Packer refuses, and we repair with a warning, or have for amazon-ebs alone. */
const WIDER: Record<string, string> = { '{{user name}}': 'web', '{{clean_resource_name `a`}}': 'a' };

test.each(Object.entries(RECORDED))('%s', (action, expected) => {
  if (Object.hasOwn(WIDER, action)) expect([expected, ourText(action)]).toEqual([null, WIDER[action]]);
  else expect(ourText(action) ?? null).toBe(REFUSED_HERE.test(action) ? null : expected);
});
