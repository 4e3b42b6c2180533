/** Alertmanager's silences: matchers as a person types them, and the body of `POST /api/v2/silences`. Pure. */

/** As Alertmanager's API names its parts. */
export interface Matcher {
	readonly name: string;
	readonly value: string;
	readonly isRegex: boolean;
	readonly isEqual: boolean;
}

export type Labels = Readonly<Record<string, string>>;

const quote = (value: string) => `"${value.replaceAll(/[\\"]/g, String.raw`\$&`).replaceAll('\n', String.raw`\n`)}"`;

/** `alertname="X", pod=~"api-.*"`. */
export function formatMatchers(matchers: readonly Matcher[]): string {
	return matchers
		.map(({name, value, isRegex, isEqual}) => `${name}${isEqual ? '=' : '!'}${isRegex ? '~' : isEqual ? '' : '='}${quote(value)}`)
		.join(', ');
}

/** One matcher per label, each for exactly its value; the alert's name first. */
export function matchersOf(labels: Labels): readonly Matcher[] {
	const names = Object.keys(labels).toSorted((a, b) => Number(b === 'alertname') - Number(a === 'alertname') || (a < b ? -1 : 1));
	return names.map((name) => ({name, value: labels[name] ?? '', isRegex: false, isEqual: true}));
}

const matcher = /\s*([A-Za-z_][A-Za-z0-9_]*)\s*(=~|!~|!=|=)\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",{}]+))\s*(,|$)/y;

/** The matchers of a line such as `alertname="X", pod=~"api-.*"`, or what is wrong with it. */
export function parseMatchers(text: string): readonly Matcher[] | string {
	const line = text
		.trim()
		.replace(/^\{(.*)\}$/s, '$1')
		.replace(/,\s*$/, '');
	const found: Matcher[] = [];
	matcher.lastIndex = 0;
	while (matcher.lastIndex < line.length) {
		const from = matcher.lastIndex;
		const match = matcher.exec(line);
		if (!match) return `Invalid matcher: ${line.slice(from).trim()} (use name="value" with =, !=, =~ or !~)`;
		const [, name = '', operator = '', quoted, bare] = match;
		const value = quoted?.replaceAll(/\\(.)/g, (_all, letter: string) => (letter === 'n' ? '\n' : letter)) ?? bare ?? '';
		const isRegex = operator.endsWith('~');
		if (isRegex && expression(value) === undefined) return `${value} is not a regular expression`;
		found.push({name, value, isRegex, isEqual: !operator.startsWith('!')});
	}
	if (found.length === 0) return 'A silence needs at least one matcher';
	// Alertmanager refuses a silence that every alert matches.
	return found.every((one) => matches([one], {})) ? 'These matchers match every alert. Add a label' : found;
}

function expression(value: string): RegExp | undefined {
	try {
		return new RegExp(`^(?:${value})$`);
	} catch {
		return undefined;
	}
}

/** Whether all matchers accept the labels; an absent label is an empty one. */
export function matches(matchers: readonly Matcher[], labels: Labels): boolean {
	return matchers.every(({name, value, isRegex, isEqual}) => {
		const own = Object.hasOwn(labels, name) ? (labels[name] ?? '') : '';
		return (isRegex ? (expression(value)?.test(own) ?? false) : own === value) === isEqual;
	});
}

/** The body that begins a silence at `now` for `forMs` milliseconds. */
export function silenceBody(of: {
	readonly matchers: readonly Matcher[];
	readonly now: number;
	readonly forMs: number;
	readonly createdBy: string;
	readonly comment: string;
}): object {
	return {
		comment: of.comment,
		createdBy: of.createdBy,
		startsAt: new Date(of.now).toISOString(),
		endsAt: new Date(of.now + of.forMs).toISOString(),
		matchers: of.matchers,
	};
}
