import { SCHEMA_VERSION } from '../../contract';
import { SchemaVersionError, type ControllerPorts } from '../ports';

/** Reads a JSON document from a parameter. One that is absent or broken reads as nothing: keep, and gates closed. */
export async function readDocument<T extends { readonly schemaVersion: number }>(
  { parameters, log }: Pick<ControllerPorts, 'parameters' | 'log'>, name: string,
): Promise<T | undefined> {
  const parameter = await parameters.get(name);
  if (!parameter) return undefined;
  const document = parse<T>(parameter.value);
  if (!document) log.error('document-unreadable', { parameter: name });
  if (document && document.schemaVersion > SCHEMA_VERSION) throw new SchemaVersionError(name, document.schemaVersion, SCHEMA_VERSION);
  return document;
}

function parse<T>(text: string): T | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value as T : undefined;
  } catch {
    return undefined;
  }
}
