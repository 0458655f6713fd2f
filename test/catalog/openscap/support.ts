import { OpenScap, type OpenScapOptions } from '../../../src/catalog';
import type { Component } from '../../../src/component';
import { AMAZON_LINUX } from '../support';
import { phasesOf } from '../windows-support';

export const cis = (options: Partial<OpenScapOptions> = {}): Component => OpenScap.hardening({ profile: 'cis_level1_server', ...options });
export const phases = (options: Partial<OpenScapOptions> = {}, parent = AMAZON_LINUX): Record<string, any[]> => phasesOf(cis(options), parent);
