import { builds } from './builds';
import { ec2, scaling } from './compute';
import { data } from './data';
import { inputsOf, type SentInput } from './inputs-of';
import { messages } from './messages';
import type { InputTable } from './model';
import type { Properties } from '../../kernel';

export type { TypeInputs } from './model';

/** By resource type: all of the world but those that stand for nothing outside of CloudFormation. */
export const inputTable: InputTable = { ...builds, ...data, ...ec2, ...messages, ...scaling };

/** The inputs of the service's own API that the properties of a resource come to. */
export const sentInputs = (type: string, properties: Properties): SentInput[] => inputsOf(inputTable, type, properties);
