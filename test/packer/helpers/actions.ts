import { plain, readText } from './read-text';
import { TemplateError } from '../../../src/packer/template/error';

/** What actions of templates in JSON may refer to. */
export const VARIABLES = { name: 'web', greeting: 'hi {{user `name`}}' };

/** The text that an action becomes; undefined where it is refused. */
export function ourText(action: string): string | undefined {
  const template = { variables: VARIABLES, builders: [{ type: 'null', x: action }] };
  try {
    return String(plain(readText('t.json', JSON.stringify(template)).builds[0]!.builders[0]!.settings.get('x')));
  } catch (error) {
    if (error instanceof TemplateError) return undefined;
    throw error;
  }
}
