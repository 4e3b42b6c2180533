/** One JSON file, read through conf. A broken file is renamed, never overwritten. */
import {renameSync} from 'node:fs';
import {join} from 'node:path';
import Conf from 'conf';

export type {Conf};

/** Told to the person: a file that could not be read and where it was put. */
export interface BrokenFile {
	readonly path: string;
	readonly movedTo: string;
	readonly reason: string;
}

export interface ConfFileOptions {
	readonly directory: string;
	/** File name without `.json`. */
	readonly name: string;
	readonly onBroken: (file: BrokenFile) => void;
	readonly now: () => number;
}

/**
 * Opens the file, or makes a new one next to it where it is broken: what is in it may still be saved by hand.
 * @throws the file system's error where the directory cannot be read or written
 */
export function openConf<T extends Record<string, unknown>>(options: ConfFileOptions): Conf<T> {
	const open = () =>
		new Conf<T>({
			cwd: options.directory,
			configName: options.name,
			// Keys are names of services and ids of rounds; a dot in them is no path.
			accessPropertiesByDotNotation: false,
		});
	try {
		const conf = open();
		// Reading is what finds a broken file.
		void conf.store;
		return conf;
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
		const path = join(options.directory, `${options.name}.json`);
		const movedTo = `${path}.broken-${options.now()}`;
		renameSync(path, movedTo);
		// conf's own words repeat the path, which leaves a notice no room.
		options.onBroken({path, movedTo, reason: 'no JSON'});
		return open();
	}
}
