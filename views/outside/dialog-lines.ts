/** What each stage of the dialog shows, as lines. Pure. */
import {plural} from '../../src/base/figures.ts';
import type {Dialog, Stage} from '../../src/outside/dialog.ts';
import {lastSent, warningOf} from '../../src/round/ledger.ts';
import {sentLines} from '../../src/round/outside/outside-write.ts';
import type {RoundState} from '../../src/round/round.ts';
import {sanitize} from '../../src/base/terminal/sanitize.ts';
import {width} from '../../src/base/terminal/width.ts';
import {wrapWords} from '../../src/base/terminal/wrap.ts';
import {layoutOf} from '../session/layout.ts';
import {draw, type Part} from '../kit/line.ts';
import {drawField} from '../kit/text-field.ts';
import type {Session} from '../session/session.ts';
import type {Theme, Tone} from '../kit/theme.ts';
import {formLines} from './draw-form.ts';

export interface DialogLook {
	readonly theme: Theme;
	readonly columns: number;
	readonly rows: number;
	readonly round: Pick<RoundState, 'outside'>;
	readonly service: string;
	readonly environment: string;
}

/** The dialog's room and surroundings on this session's screen. */
export function lookOf({app, theme, ui}: Session): DialogLook {
	const {columns, bodyRows} = layoutOf(ui.get());
	return {
		theme,
		columns,
		// One stays blank above.
		rows: bodyRows - 1,
		round: app.round.get(),
		service: app.service.name,
		environment: app.environment.name,
	};
}

type StageOf<Kind extends Stage['kind']> = Extract<Stage, {readonly kind: Kind}>;

const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/** A line in pieces that fit, every blank kept: what is sent is read as it is. */
function pieces(line: string, columns: number): readonly string[] {
	const result: string[] = [];
	let piece = '';
	let used = 0;
	for (const {segment} of graphemes.segment(line)) {
		const size = width(segment);
		if (used + size > columns && piece !== '') {
			result.push(piece);
			piece = '';
			used = 0;
		}
		piece += segment;
		used += size;
	}
	return [...result, piece];
}

function paragraph({theme, columns}: DialogLook, text: string, tone: Tone = 'plain'): readonly string[] {
	return wrapWords(text, columns - 4).map((line) => draw(theme, ['   ', {text: line, tone}], columns));
}

function title({theme, columns}: DialogLook, text: string): readonly string[] {
	return wrapWords(text, columns - 2).map((line) => draw(theme, [{text: ` ${line}`, tone: 'strong'}], columns));
}

function menuLines(look: DialogLook, {acts, subject}: Dialog, {selected}: StageOf<'menu'>): readonly string[] {
	const {theme, columns} = look;
	const rows = acts.flatMap(({title: name, about, refusal}, index) => {
		const here = index === selected;
		const text: Part = refusal === undefined ? {text: about} : {text: `not now: ${refusal}`, tone: 'dim'};
		const [first = '', ...rest] = wrapWords(text.text, columns - 25);
		return [
			draw(
				theme,
				[
					{text: here ? ` ${theme.symbols.cursor} ` : '   ', tone: 'strong'},
					{text: `${index + 1}  `, tone: 'dim'},
					{text: name.padEnd(17), tone: here ? 'strong' : 'plain'},
					{text: first, tone: text.tone},
				],
				columns,
			),
			...rest.map((line) => draw(theme, [' '.repeat(23), {text: line, tone: text.tone}], columns)),
		];
	});
	return [
		...title(look, subject),
		'',
		...rows,
		'',
		...paragraph(look, 'You see a preview and confirm with y before anything is sent.', 'dim'),
	];
}

function existingLines(look: DialogLook, {tickets, selected}: StageOf<'existing'>): readonly string[] {
	const {theme, columns} = look;
	return [
		...title(look, tickets.length === 1 ? 'A ticket may be about the same thing' : `${tickets.length} tickets may be about the same thing`),
		'',
		...tickets.flatMap(({title: name, url}, index) => [
			draw(
				theme,
				[
					{text: index === selected ? ` ${theme.symbols.cursor} ` : '   ', tone: 'strong'},
					{text: name, tone: index === selected ? 'strong' : 'plain'},
				],
				columns,
			),
			draw(theme, ['   ', {text: url, tone: 'dim'}], columns),
		]),
		'',
		...paragraph(look, 'Press enter to link it to this check, n for a new ticket.', 'dim'),
	];
}

function formStage(look: DialogLook, {act, form}: StageOf<'form'>): readonly string[] {
	const {theme, columns, rows} = look;
	const head = [
		...title(look, `${act.title}: what is sent is shown before it goes`),
		...form.notes.flatMap((note) => paragraph(look, note, 'amber')),
		...(form.problem === undefined ? [] : paragraph(look, form.problem, 'red')),
		'',
	];
	const {lines, selected} = formLines(theme, form, columns);
	const room = rows - head.length;
	// The selected field stays in sight with what belongs to it.
	const top = Math.max(0, Math.min(selected - 2, lines.length - room));
	return [...head, ...lines.slice(top, top + room)];
}

const postedByHand = 'Press c to copy. After posting it yourself, press y to record that.';

/** The preview's parts: what is above, what is sent, what is asked below, and the rows for what is sent. */
function previewParts(look: DialogLook, {write, naming}: StageOf<'preview'>) {
	const {theme, columns, rows, round} = look;
	const byHand = write.sent.kind === 'by-hand';
	const exactly = byHand ? 'the message' : `exactly this goes to ${write.system}`;
	const warning = warningOf(lastSent(round, write.id));
	const head = [
		...title(look, write.title),
		...(warning === undefined ? [] : paragraph(look, warning, 'red')),
		...(write.notes ?? []).flatMap((note) => paragraph(look, note, 'amber')),
		'',
		draw(theme, ['   ', {text: write.message === undefined ? exactly : 'the message as it will read', tone: 'dim'}], columns),
	];
	const ask = naming
		? [
				...wrapWords(`This is ${look.environment}: type ${look.service} to send, esc to leave it`, columns - 2).map((line) =>
					draw(theme, [{text: ` ${line}`, tone: 'strong-red'}], columns),
				),
				...drawField(theme, naming, columns - 6).map((line) => ` > ${line}`),
			]
		: paragraph(look, byHand ? postedByHand : 'Press y to send, n to cancel.', 'strong');
	const rule = {text: `   ${theme.symbols.verticalRule} `, tone: 'dim'} as const;
	const ruled = (lines: readonly string[]) => lines.map((line) => draw(theme, [rule, line], columns));
	const message = write.message?.split('\n').flatMap((line) => wrapWords(sanitize(line), columns - 6));
	const sent = [
		...(message === undefined ? [] : [...ruled(message), '', ...paragraph(look, exactly, 'dim')]),
		...ruled(sentLines(write.sent).flatMap((line) => pieces(line, columns - 6))),
	];
	const room = Math.max(1, rows - head.length - ask.length - 2);
	return {head, sent, ask, room, last: Math.max(0, sent.length - room)};
}

/** The farthest that the preview scrolls: its first line then. */
export function lastTop(look: DialogLook, stage: StageOf<'preview'>): number {
	return previewParts(look, stage).last;
}

function previewStage(look: DialogLook, stage: StageOf<'preview'>): readonly string[] {
	const {theme, columns} = look;
	const {head, sent, ask, room, last} = previewParts(look, stage);
	const from = Math.min(stage.top, last);
	const below = sent.length - from - room;
	const shown = sent.slice(from, from + room);
	const more: Part = {
		text: below > 0 ? `   ${theme.symbols.ellipsis} ${plural(below, 'more line')}, press j to scroll` : '',
		tone: 'amber',
	};
	return [...head, ...shown, draw(theme, [more], columns), ...ask];
}

function endedStage(look: DialogLook, {write, outcome}: StageOf<'ended'>): readonly string[] {
	const {theme} = look;
	const words = {done: 'done', failed: 'not sent', unsure: 'may have been sent'} as const;
	const tones = {done: 'green', failed: 'red', unsure: 'amber'} as const;
	const marks = {done: theme.symbols.ok, failed: theme.symbols.critical, unsure: theme.symbols.unknown} as const;
	return [
		...title(look, write.title),
		'',
		...paragraph(look, `${marks[outcome.state]} ${words[outcome.state]}: ${outcome.text}`, tones[outcome.state]),
		...(outcome.state !== 'done' && outcome.advice !== undefined ? ['', ...paragraph(look, outcome.advice)] : []),
		'',
		...paragraph(look, outcome.state === 'done' ? 'Press enter to close.' : 'Press enter to close, e to return to the preview.', 'dim'),
	];
}

/** The dialog's lines at its stage, at most `rows` where it scrolls by itself. */
export function dialogLines(dialog: Dialog, look: DialogLook): readonly string[] {
	const {stage} = dialog;
	switch (stage.kind) {
		case 'menu':
			return menuLines(look, dialog, stage);
		case 'asking':
			return [
				...title(look, dialog.subject),
				'',
				...paragraph(look, `${stage.act.title}: asking what can be chosen, and what exists already`, 'dim'),
			];
		case 'unanswered':
			return [
				...title(look, dialog.subject),
				'',
				...paragraph(look, `${stage.act.title}: ${stage.text}`, 'red'),
				...(stage.advice === undefined ? [] : paragraph(look, stage.advice)),
				'',
				...paragraph(look, 'Nothing was sent. Press esc to go back.', 'dim'),
			];
		case 'existing':
			return existingLines(look, stage);
		case 'form':
			return formStage(look, stage);
		case 'preview':
			return previewStage(look, stage);
		case 'sending':
			return [...title(look, stage.write.title), '', ...paragraph(look, `sending to ${stage.write.system}`, 'amber')];
		default:
			return endedStage(look, stage);
	}
}
