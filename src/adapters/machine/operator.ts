import {userInfo} from 'node:os';

/** Who is at the keyboard: rounds.yaml, else $ROUNDS_OPERATOR, else the login name. */
export function operatorName(configured: string | undefined, env: Readonly<Record<string, string | undefined>>): string {
	if (env['ROUNDS_OPERATOR']) return env['ROUNDS_OPERATOR'];
	if (configured) return configured;
	try {
		return env['USER'] || userInfo().username;
	} catch {
		return 'unknown';
	}
}
