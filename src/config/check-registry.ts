import {checkKinds, checkOf} from '../checks/index.ts';
import type {CheckRegistry} from './config-schema.ts';

/** The checks of this program, as the configuration knows them. */
export const registry: CheckRegistry = Object.fromEntries(checkKinds.map((kind) => [kind, checkOf(kind)]));
