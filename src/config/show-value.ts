import type {Path} from './yaml-source.ts';

const secretKeys = new Set(['token', 'key', 'dsn', 'password', 'headers', 'Authorization']);
/** Stripe, Sentry, GitHub, Grafana and Slack tokens, JSON web tokens, and a password inside an address. */
const secretLooking = /^(?:sk|rk|whsec)_|^sntr[a-z]_|^gh[a-z]_|^github_pat_|^glsa_|^xox|^eyJ|:\/\/[^/\s]*:[^/\s]*@/;

/** A value as an error quotes it: short, and never a secret that someone wrote into the file. */
export function showValue(value: unknown, path: Path): string {
	if (value === null) return 'empty';
	if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
	if (typeof value === 'object') return 'a mapping';
	const mayBeSecret = path.some((key) => secretKeys.has(String(key))) || (typeof value === 'string' && secretLooking.test(value));
	if (mayBeSecret) return '(hidden: it may be a secret)';
	return JSON.stringify(typeof value === 'string' && value.length > 60 ? `${value.slice(0, 59)}…` : value);
}
