/** What Ink tells of a key, as the names the key table uses. */
import type {Key} from 'ink';

export interface KeyPress {
	/** `j`, `ctrl-d`, `tab`, `escape`, `alt-b`; one name for one key. */
	readonly name: string;
	/** What it types, where it types something. */
	readonly text?: string;
}

const named = [
	['upArrow', 'up'],
	['downArrow', 'down'],
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['pageUp', 'pageup'],
	['pageDown', 'pagedown'],
	['home', 'home'],
	['end', 'end'],
	['return', 'enter'],
	['escape', 'escape'],
	['tab', 'tab'],
	['backspace', 'backspace'],
	['delete', 'delete'],
] as const satisfies readonly (readonly [keyof Key, string])[];

const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/** One press per character: a fast typist's letters, and the control keys between them, arrive as one chunk. */
function typed(text: string): readonly KeyPress[] {
	return Array.from(graphemes.segment(text), ({segment}) => {
		if (segment === '\r' || segment === '\n' || segment === '\r\n') return {name: 'enter'};
		if (segment === '\t') return {name: 'tab'};
		if (segment === '\b' || segment === '\u007F') return {name: 'backspace'};
		const code = segment.charCodeAt(0);
		if (code >= 1 && code <= 26) return {name: `ctrl-${String.fromCharCode(code + 96)}`};
		return {name: segment === ' ' ? 'space' : segment, text: segment};
	});
}

/** The presses of one input event of Ink. */
export function keyPresses(input: string, key: Key): readonly KeyPress[] {
	if (key.eventType === 'release') return [];
	const special = named.find(([flag]) => key[flag])?.[1];
	if (special !== undefined) {
		if (key.shift && special === 'tab') return [{name: 'shift-tab'}];
		if (key.ctrl) return [{name: `ctrl-${special}`}];
		if (key.meta && special !== 'escape') return [{name: `alt-${special}`}];
		return [{name: special}];
	}
	if (key.ctrl) return input === '' ? [] : [{name: `ctrl-${input === ' ' ? 'space' : input.toLowerCase()}`}];
	if (key.meta) return input === '' ? [{name: 'escape'}] : [{name: `alt-${input}`}];
	return typed(input);
}
