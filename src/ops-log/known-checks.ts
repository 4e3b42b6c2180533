/** The checks that an ops log may mention. */
import {registry} from '../config/check-registry.ts';
import type {RoundsConfig} from '../config/config-schema.ts';
import type {KnownCheck} from './mentions.ts';

/** Every check that may be in the log: those of the program and those in rounds.yaml. */
export function knownChecks({checks = [], services}: RoundsConfig): readonly KnownCheck[] {
	const known = new Map(Object.values(registry).map(({kind, title}) => [kind, title]));
	for (const {check, id = check, title} of [...checks, ...services.flatMap(({checks = []}) => checks)])
		known.set(id, title ?? known.get(id) ?? id.replaceAll('-', ' '));
	return [...known].map(([id, title]) => ({id, title}));
}
