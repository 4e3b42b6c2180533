/**
 * Variables of a runbook's block: which there are, where their values come from, and which values are let in.
 * A value becomes one argument, or a variable of the shell's environment; it is never put into a command's text. Pure.
 */
import {lexCommands, type Word} from './command-words.ts';

export interface VariableUse {
	readonly name: string;
	/** Every place of it is between double quotes, so that a blank in its value stays one word. */
	readonly quoted: boolean;
}

/** Each name once, in the order they are met. */
function together(uses: readonly VariableUse[]): readonly VariableUse[] {
	const found = new Map<string, VariableUse>();
	for (const {name, quoted} of uses) found.set(name, {name, quoted: quoted && (found.get(name)?.quoted ?? true)});
	return [...found.values()];
}

/** In an argument array a value is one argument however it is written. */
export function variablesOfWords(words: readonly Word[]): readonly VariableUse[] {
	return together(words.flat().flatMap((piece) => ('variable' in piece ? [{name: piece.variable, quoted: true}] : [])));
}

/** Names the script gives a value itself. */
function ownNames(script: string): ReadonlySet<string> {
	const names = new Set<string>();
	for (const [, name = ''] of script.matchAll(/(?:^|[\s;&|(])(?:export\s+|local\s+|readonly\s+)?([A-Za-z_]\w*)\+?=/g)) names.add(name);
	for (const [, name = ''] of script.matchAll(/\bfor\s+([A-Za-z_]\w*)\b/g)) names.add(name);
	for (const [, list = ''] of script.matchAll(/\bread\s+((?:-\w+\s+)*[A-Za-z_][\w \t]*)/g)) {
		for (const name of list.split(/\s+/)) if (/^[A-Za-z_]/.test(name)) names.add(name);
	}
	return names;
}

/** One pass over a script that a shell will read: which variables are outside of single quotes, and how. */
function scan(script: string): readonly VariableUse[] {
	const uses: VariableUse[] = [];
	let double = false;
	for (let at = 0; at < script.length; at++) {
		const character = script[at];
		if (character === '\\') at++;
		else if (character === '"') double = !double;
		else if (character === "'" && !double) {
			const end = script.indexOf("'", at + 1);
			at = end < 0 ? script.length : end;
		} else if (character === '#' && !double && /(?:^|\s)$/.test(script.slice(Math.max(0, at - 1), at))) {
			const end = script.indexOf('\n', at);
			at = end < 0 ? script.length : end;
		} else if (character === '$') {
			const match = /^\$(?:([A-Za-z_]\w*)|\{#?([A-Za-z_]\w*)(:?[-=+])?)/.exec(script.slice(at, at + 130));
			// `${X:-none}` is right without a value.
			if (match && match[3] === undefined) uses.push({name: match[1] ?? match[2] ?? '', quoted: double});
		}
	}
	return uses;
}

/** The variables a shell script takes from outside. */
export function variablesOfScript(script: string): readonly VariableUse[] {
	// What can be read exactly is; the rest is scanned, which may ask for one too many but for none too few.
	const lexed = lexCommands(script, {placeholders: false});
	const uses =
		'commands' in lexed
			? lexed.commands.flatMap(({words}) =>
					words.flat().flatMap((piece) => ('variable' in piece ? [{name: piece.variable, quoted: piece.quoted}] : [])),
				)
			: scan(script);
	const own = ownNames(script);
	return together(uses.filter(({name}) => !own.has(name)));
}

/** Other names that runbooks give the same thing. */
const aliases: Readonly<Record<string, string>> = {
	NS: 'NAMESPACE',
	POD_NAME: 'POD',
	PODNAME: 'POD',
	POD_ID: 'POD',
	DEPLOY: 'DEPLOYMENT',
	DEPLOYMENT_NAME: 'DEPLOYMENT',
	SERVICE_NAME: 'SERVICE',
	SVC: 'SERVICE',
	ENV: 'ENVIRONMENT',
	NODE_NAME: 'NODE',
	CONTAINER_NAME: 'CONTAINER',
	CTX: 'CONTEXT',
	KUBE_CONTEXT: 'CONTEXT',
	ALERTNAME: 'ALERT',
	ALERT_NAME: 'ALERT',
};

export type Values = Readonly<Record<string, string>>;

/** Why a value cannot be taken for the variable; undefined where it can. */
export function valueProblem({name, quoted}: VariableUse, value: string): string | undefined {
	if (value === '') return `${name} needs a value`;
	// oxlint-disable-next-line no-control-regex -- control characters are what this is about
	if (/[\u0000-\u001F\u007F]/.test(value)) return `${name} holds a character that cannot be typed`;
	if (value.startsWith('-')) return `${name} begins with a dash: a program would read it as an option`;
	if (value.length > 1024) return `${name} is too long`;
	if (!quoted && /[\s*?[\]]/.test(value)) return `${name} holds a blank or a wildcard, and the block does not put "$${name}" in quotes`;
	return undefined;
}

/** What comes from a row comes from outside: nothing a script could be tricked with is taken unasked. */
const trusted = /^[\p{L}\p{N}_][\p{L}\p{N}\p{M}_.:/@%+=,?&#~ -]*$/u;

/**
 * The value for a variable from what is known of the row and the environment; undefined where it must be asked for.
 * Upper and lower case are the same, and `POD_NAME` is `POD`.
 */
export function knownValue(use: VariableUse, known: Values): string | undefined {
	const upper = use.name.toUpperCase();
	const value = known[upper] ?? known[aliases[upper] ?? ''];
	return value !== undefined && trusted.test(value) && valueProblem(use, value) === undefined ? value : undefined;
}

/** The arguments with every value in its place: exactly one for each word, whatever the values hold. */
export function fillWords(words: readonly Word[], values: Values): readonly string[] {
	return words.map((word) => word.map((piece) => ('text' in piece ? piece.text : (values[piece.variable] ?? ''))).join(''));
}

/** An argument as a person would type it in a shell; for reading, never for running. */
export function printArgument(argument: string): string {
	return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", String.raw`'\''`)}'`;
}
