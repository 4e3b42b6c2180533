/** What is being typed in place, at the foot of the pane. Pure. */
import {draw, rule} from '../kit/line.ts';
import type {drawField} from '../kit/text-field.ts';
import type {PromptKind, Session, Ui} from '../session/session.ts';

const questions: Readonly<Record<PromptKind, (title: string, status: string) => string>> = {
	note: (title) => `Note on ${title}`,
	skip: (title) => `Skip ${title}: for what reason?`,
	override: (title, status) => `${title} is ${status}: why is this OK?`,
	tip: (title) => `A tip for the next person at ${title}`,
};

/** The question and the field; none while nothing is asked. */
export function promptLines({app, theme}: Session, {overlay}: Ui, columns: number, field: typeof drawField): readonly string[] {
	if (overlay?.kind !== 'prompt') return [];
	const title = app.round.get().steps.find(({id}) => id === overlay.step)?.title ?? overlay.step;
	const status = app.runs.get(overlay.step)?.get().finding?.status ?? 'unknown';
	const typed = field(theme, overlay.field, columns - 6);
	return [
		rule(theme, columns),
		draw(theme, [{text: ` ${questions[overlay.prompt](title.toLowerCase(), status)}`, tone: 'strong'}], columns),
		...typed.slice(-4).map((line, index) => `${theme.paint('strong', index === 0 ? ' > ' : '   ')}${line}`),
	];
}
