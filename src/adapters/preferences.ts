import type {BrokenFile} from './conf-file.ts';
import {openConf} from './conf-file.ts';

/** What is remembered between runs, to ask less; never a secret. */
interface PreferenceValues {
	readonly operator: string;
	readonly service: string;
	readonly environment: string;
}

export interface Preferences {
	readonly get: <K extends keyof PreferenceValues>(key: K) => PreferenceValues[K] | undefined;
	readonly set: <K extends keyof PreferenceValues>(key: K, value: PreferenceValues[K]) => void;
}

/** Opens `preferences.json` in the configuration directory; a broken one is moved aside and reported. */
export function createPreferences(options: {readonly directory: string; readonly onBroken?: (file: BrokenFile) => void}): Preferences {
	const conf = openConf<Record<string, unknown>>({
		directory: options.directory,
		name: 'preferences',
		onBroken: options.onBroken ?? (() => {}),
		now: Date.now,
	});
	return {
		get(key) {
			const value = conf.get(key);
			// Somebody may have edited the file.
			return typeof value === 'string' && value !== '' ? value : undefined;
		},
		set: (key, value) => conf.set(key, value),
	};
}
