/** The region below the text: what is about to run, what is asked, what a block prints. Pure. */
import {isProduction} from '../../../src/service/service.ts';
import {sanitize} from '../../../src/base/terminal/sanitize.ts';
import {truncate} from '../../../src/base/terminal/width.ts';
import {wrapWords} from '../../../src/base/terminal/wrap.ts';
import {cutAtBlanks} from '../../kit/text-flow.ts';
import {draw, type Part, rule} from '../../kit/line.ts';
import {drawField} from '../../kit/text-field.ts';
import {type BookOverlay, type BookSession, shown} from './book-session.ts';
import {commandLines, type PlannedRun, useOf, valueWords} from './plan-run.ts';
import {endWords, spanWords} from './running.ts';
import type {Running} from './run-state.ts';

/** Exactly what will run, and what is known of it. */
export function planLines({theme, roundApp}: BookSession, plan: PlannedRun, columns: number): readonly string[] {
	const {block} = plan;
	const kubernetes = roundApp?.environment.sources.kubernetes;
	const commands = commandLines(plan).flatMap((line) => cutAtBlanks(sanitize(line), Math.max(10, columns - 6)));
	const speaks = commands.some((line) => /\b(?:kubectl|helm|stern|k9s)\b/.test(line)) && kubernetes?.context !== undefined;
	const facts = [
		...(valueWords(plan).length > 0 ? [`with ${valueWords(plan).join('  ')}`] : []),
		...(speaks ? [`kubectl speaks to the context ${kubernetes.context}`] : []),
	];
	return [
		rule(theme, columns, block.reads ? {text: 'only reads', tone: 'green'} : {text: 'changes things', tone: 'strong-red'}),
		draw(
			theme,
			[
				{text: ' This will run', tone: 'strong'},
				{
					text:
						block.kind === 'shell'
							? `, through ${block.shell}:`
							: block.commands.length > 1
								? ', one after the other, without a shell:'
								: ', without a shell:',
				},
			],
			columns,
		),
		...commands.map((line) => draw(theme, ['   ', {text: line, tone: 'strong'}], columns)),
		...facts.flatMap((fact) => wrapWords(fact, columns - 4)).map((line) => draw(theme, [{text: `   ${line}`, tone: 'dim'}], columns)),
	];
}

function question({roundApp}: BookSession, overlay: Extract<BookOverlay, {readonly kind: 'prompt'}>): string {
	switch (overlay.prompt) {
		case 'search':
			return 'Search in this runbook';
		case 'tip':
			return 'A tip for the next person, written at the end of this runbook';
		case 'wrong':
			return `What is wrong with this step? Written ${overlay.heading === '' ? 'at the beginning' : `below “${sanitize(overlay.heading)}”`}, with date and name`;
		case 'name':
			return `This changes ${roundApp?.environment.name}: type ${roundApp?.service.name} to run it, or press esc to cancel`;
		default: {
			const name = overlay.names[0] ?? '';
			return `${name}:${useOf(overlay.plan, name).quoted ? '' : ' (one word)'} what value?`;
		}
	}
}

/** The question and its field, below what it is about. */
export function promptLines(
	book: BookSession,
	overlay: Extract<BookOverlay, {readonly kind: 'prompt'}>,
	columns: number,
): readonly string[] {
	const {theme} = book;
	const plan = overlay.prompt === 'value' || overlay.prompt === 'name' ? planLines(book, overlay.plan, columns) : [rule(theme, columns)];
	const tone = overlay.prompt === 'name' ? 'strong-red' : 'strong';
	return [
		...plan,
		draw(theme, [{text: ` ${question(book, overlay)}`, tone}], columns),
		...drawField(theme, overlay.field, columns - 6, 3).map((line, index) => `${theme.paint('strong', index === 0 ? ' > ' : '   ')}${line}`),
	];
}

/** `kubectl logs …  running 3 s, press ctrl-c to stop`, or how it ended. */
export function runHead({theme, app}: BookSession, {plan, end, startedAt}: Running, columns: number): string {
	const running: Part = {text: `running ${spanWords(Math.max(0, app.clock.now() - startedAt))}, press ctrl-c to stop`, tone: 'amber'};
	const state: Part = end ? {text: endWords(end), tone: end.done ? 'green' : 'red'} : running;
	const command = commandLines(plan)[0] ?? '';
	const more = commandLines(plan).length > 1 ? ` ${theme.symbols.ellipsis}` : '';
	const room = Math.max(8, columns - state.text.length - 12);
	return rule(theme, columns, {
		text: `${truncate(sanitize(command), room, theme.symbols.ellipsis)}${more}: ${state.text}`,
		tone: state.tone,
	});
}

/** The newest lines of the output, as many as there is room for. */
export function outputLines(
	book: BookSession,
	running: Running,
	{columns, rows}: {readonly columns: number; readonly rows: number},
): readonly string[] {
	const {theme} = book;
	const lines = running.output.lines();
	const newest = lines.slice(-Math.max(0, rows - 1)).map((line) => draw(theme, [` ${line}`], columns));
	const silent: readonly string[] = [
		draw(theme, [{text: running.end ? ' it printed nothing' : ' nothing printed yet', tone: 'dim'}], columns),
	];
	return [runHead(book, running, columns), ...(newest.length > 0 ? newest : silent)];
}

/** Lines of the region below the text; none while nothing is asked, shown or run. */
export function belowLines(book: BookSession, columns: number): readonly string[] {
	const {overlay} = book.ui.get();
	if (overlay?.kind === 'run') {
		const {roundApp, theme} = book;
		const production = roundApp && isProduction(roundApp.environment) && !overlay.plan.block.reads;
		const ask = production ? ` Press y to type the name ${roundApp.service.name} and run, n to cancel` : ' Press y to run, n to cancel';
		return [...planLines(book, overlay.plan, columns), draw(theme, [{text: ask, tone: 'strong'}], columns)];
	}
	if (overlay?.kind === 'prompt') return promptLines(book, overlay, columns);
	const running = book.running.get();
	// What ended belongs to its own page; what still runs is in sight wherever one reads.
	const isHere = running && (running.end === undefined || shown(book)?.runbook.id === running.plan.runbook);
	return isHere
		? outputLines(book, running, {columns, rows: Math.max(4, Math.min(14, Math.floor(book.session.ui.get().rows * 0.35)))})
		: [];
}
