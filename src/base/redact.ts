/** The one redaction: takes secrets out of whatever is shown, written or sent. */

/** What is where a secret was. */
export const hidden = '•••';

/** A shorter part of a secret address occurs in other texts too. */
const shortestPart = 6;

/** The parts of an address that are secret in themselves: a webhook's path, a password. */
function partsOf(secret: string): readonly string[] {
	if (!URL.canParse(secret)) return [];
	const {protocol, pathname, search, username, password} = new URL(secret);
	const path = /^https?:$/.test(protocol) ? [`${pathname}${search}`.slice(1), pathname.slice(1)] : [];
	return [...path, password, decodeURIComponent(password), username].filter((part) => part.length >= shortestPart);
}

/** The secret as a text, an address, a JSON string and basic authentication write it. */
function formsOf(secret: string): readonly string[] {
	return [secret, ...partsOf(secret)].flatMap((part) => [
		part,
		encodeURIComponent(part),
		JSON.stringify(part).slice(1, -1),
		Buffer.from(part).toString('base64'),
	]);
}

/** The text with every secret replaced, in whatever form it is written. */
export function redact(text: string, secrets: Iterable<string>): string {
	// Longest first, so that a secret that contains another one leaves no rest.
	const forms = new Set([...secrets].filter((secret) => secret !== '').flatMap(formsOf));
	let result = text;
	for (const form of [...forms].sort((a, b) => b.length - a.length)) result = result.replaceAll(form, hidden);
	return result;
}

/** The secrets that a request carries in its headers; of basic authentication the password alone too. */
export function secretsOf(headers: Readonly<Record<string, string>>): readonly string[] {
	return Object.entries(headers).flatMap(([name, value]) => {
		if (!/auth|token|key|secret|cookie|password/i.test(name)) return [];
		const [, scheme, credential = value] = (/authorization/i.test(name) && /^(\w+) (.+)$/.exec(value)) || [];
		if (scheme !== 'Basic') return [credential];
		const pair = Buffer.from(credential, 'base64').toString('utf8');
		const password = pair.slice(pair.indexOf(':') + 1);
		return password.length < shortestPart ? [credential] : [credential, password];
	});
}
