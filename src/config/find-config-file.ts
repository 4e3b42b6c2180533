import {access} from 'node:fs/promises';
import {dirname, isAbsolute, join} from 'node:path';
import {exitCodes, UserError} from '../base/user-error.ts';

export const fileNames = ['rounds.yaml', '.rounds.yaml'] as const;

export interface FindInput {
	/** Absolute. */
	readonly cwd: string;
	readonly env: Readonly<Record<string, string | undefined>>;
}

async function exists(path: string): Promise<boolean> {
	return access(path).then(
		() => true,
		() => false,
	);
}

function upwards(from: string): readonly string[] {
	const parent = dirname(from);
	return parent === from ? [from] : [from, ...upwards(parent)];
}

/** `$XDG_CONFIG_HOME/rounds/rounds.yaml`; undefined without a home. Relative values are ignored, as the XDG specification asks. */
export function personalConfig(env: FindInput['env']): string | undefined {
	const xdg = env['XDG_CONFIG_HOME'];
	if (xdg && isAbsolute(xdg)) return join(xdg, 'rounds', 'rounds.yaml');
	return env['HOME'] ? join(env['HOME'], '.config', 'rounds', 'rounds.yaml') : undefined;
}

/**
 * The nearest rounds.yaml from the working directory upwards, then the personal one.
 * @throws UserError (78) where there is none
 */
export async function findConfig({cwd, env}: FindInput): Promise<string> {
	const personal = personalConfig(env);
	const places = upwards(cwd).flatMap((directory) => fileNames.map((name) => join(directory, name)));
	for (const place of personal ? [...places, personal] : places) {
		if (await exists(place)) return place;
	}
	throw new UserError(
		`No rounds.yaml in ${cwd} or above${personal ? `, nor ${personal}` : ''}: \`rounds init\` writes one, \`rounds demo\` works without.`,
		exitCodes.config,
	);
}
