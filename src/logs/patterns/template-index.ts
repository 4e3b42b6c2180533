/** Finds the templates that a shape fits, by one word that each of them must have at one place. */
import {wildcard} from './mask-word.ts';
import {isTelling} from './variability.ts';

export interface Template {
	readonly words: readonly string[];
}

export interface TemplateIndex<T extends Template> {
	readonly add: (template: T) => void;
	readonly remove: (template: T) => void;
	/** The first one added that the words fit. */
	readonly find: (words: readonly string[]) => T | undefined;
}

function fitsWord(pattern: string, word: string): boolean {
	if (pattern === word || pattern === wildcard) return true;
	const at = pattern.indexOf(wildcard);
	if (at === -1) return false;
	const last = pattern.lastIndexOf(wildcard) + wildcard.length;
	return word.length >= at + pattern.length - last && word.startsWith(pattern.slice(0, at)) && word.endsWith(pattern.slice(last));
}

/** Whether the words are the template's, with anything where it has `<*>`. */
export function fits(template: readonly string[], words: readonly string[]): boolean {
	if (template.length !== words.length) return false;
	for (let place = 0; place < words.length; place++) if (!fitsWord(template[place] as string, words[place] as string)) return false;
	return true;
}

function anchorOf(words: readonly string[]): string {
	const place = words.findIndex((word) => !word.includes(wildcard) && isTelling(word));
	return place === -1 ? String(words.length) : `${words.length} ${place} ${words[place]}`;
}

export function createTemplateIndex<T extends Template>(): TemplateIndex<T> {
	const byAnchor = new Map<string, T[]>();
	const among = (anchor: string, words: readonly string[]) => byAnchor.get(anchor)?.find((template) => fits(template.words, words));
	return {
		add: (template) => {
			const anchor = anchorOf(template.words);
			const known = byAnchor.get(anchor);
			if (known) known.push(template);
			else byAnchor.set(anchor, [template]);
		},
		remove: (template) => {
			const anchor = anchorOf(template.words);
			const rest = byAnchor.get(anchor)?.filter((one) => one !== template) ?? [];
			if (rest.length > 0) byAnchor.set(anchor, rest);
			else byAnchor.delete(anchor);
		},
		find: (words) => {
			if (byAnchor.size === 0) return undefined;
			for (const [place, word] of words.entries()) {
				const found = among(`${words.length} ${place} ${word}`, words);
				if (found) return found;
			}
			return among(String(words.length), words);
		},
	};
}
