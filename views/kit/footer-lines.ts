/** The two lines at the foot of every screen: a rule that carries the notice, and the keys that work here. Pure. */
import {bindingsIn, printKey} from '../../src/keys/keymap.ts';
import type {Scope} from '../../src/keys/scopes.ts';
import type {Binding} from '../../src/keys/binding.ts';
import {sanitize} from '../../src/base/terminal/sanitize.ts';
import {width} from '../../src/base/terminal/width.ts';
import {wrapWords} from '../../src/base/terminal/wrap.ts';
import {draw, type Part, rule} from './line.ts';
import type {Theme} from './theme.ts';

const hint = (binding: Binding) => `${printKey(binding.keys[0] ?? '')} ${binding.title}`;

/** The keys worth a place: only those that do something now, the most wanted first, help always last. */
function worthShowing(scope: Scope, columns: number, works: (binding: Binding) => boolean): readonly Binding[] {
	const all = bindingsIn(scope)
		.filter((binding) => binding.footer !== undefined && works(binding))
		.toSorted((a, b) => (a.footer ?? 0) - (b.footer ?? 0));
	const help = all.find(({id}) => id === 'help' || id === 'triage-help');
	let room = columns - 1 - (help ? width(hint(help)) : 0);
	const shown = all.filter((binding) => {
		if (binding === help) return false;
		room -= width(hint(binding)) + 3;
		return room >= 0;
	});
	return help ? [...shown, help] : shown;
}

/** The footer of a screen. */
export function footerLines(
	theme: Theme,
	of: {
		readonly columns: number;
		readonly scope: Scope;
		/** Whether the binding does something now. */
		readonly works: (binding: Binding) => boolean;
		readonly notice: Part | undefined;
		/** The notice goes with the next key: until then it may take the place of the keys, where the rule has no room for all of it. */
		readonly passing?: boolean;
	},
): readonly string[] {
	const [begin = ''] = of.passing && of.notice ? wrapWords(of.notice.text, of.columns - 6) : [];
	// As it is written: a path that is cut at the edge gets no blank there.
	const rest = begin === '' || !of.notice ? '' : sanitize(of.notice.text).slice(begin.length).trimStart();
	if (of.notice && rest !== '')
		return [rule(theme, of.columns, {...of.notice, text: begin}), draw(theme, ['   ', {...of.notice, text: rest}], of.columns - 1)];
	const keys = worthShowing(of.scope, of.columns, of.works).flatMap((binding, index): readonly Part[] => [
		{text: index === 0 ? ' ' : '   '},
		{text: printKey(binding.keys[0] ?? ''), tone: 'strong'},
		{text: ` ${binding.title}`, tone: 'dim'},
	]);
	return [rule(theme, of.columns, of.notice), draw(theme, keys, of.columns)];
}
