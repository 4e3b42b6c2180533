import {type Binding, bindingsIn, type BindingId, printKey} from '../../src/keymap.ts';
import {width} from '../../src/terminal/width.ts';
import {whyNot} from '../actions/index.ts';
import {useSession} from '../context.ts';
import {Lines} from '../primitives/lines.tsx';
import {draw, type Part, rule} from '../primitives/line.ts';
import {currentStep, type Session} from '../session.ts';
import {useStore} from '../use-store.ts';
import {scopeOf} from '../where.ts';
import {useRun} from './use-run.ts';

const hint = (binding: Binding) => `${printKey(binding.keys[0] ?? '')} ${binding.title}`;

/** The keys worth a place: only those that do something now, the most wanted first, help always last. */
function worthShowing(session: Session, columns: number): readonly (Binding & {readonly id: BindingId})[] {
	const all = bindingsIn(scopeOf(session))
		.filter((binding) => binding.footer !== undefined && whyNot(session, binding) === undefined)
		.toSorted((a, b) => (a.footer ?? 0) - (b.footer ?? 0));
	const help = all.find(({id}) => id === 'help');
	let room = columns - 1 - (help ? width(hint(help)) : 0);
	const shown = all.filter((binding) => {
		if (binding === help) return false;
		room -= width(hint(binding)) + 3;
		return room >= 0;
	});
	return help ? [...shown, help] : shown;
}

/** A rule that carries the notice, and the keys that work here. */
export function Footer() {
	const session = useSession();
	const {columns} = useStore(session.ui);
	const notice = useStore(session.app.notice);
	useStore(session.app.round);
	useStore(session.app.openRounds);
	useRun(currentStep(session)?.id);
	const keys = worthShowing(session, columns).flatMap((binding, index): readonly Part[] => [
		{text: index === 0 ? ' ' : '   '},
		{text: printKey(binding.keys[0] ?? ''), tone: 'strong'},
		{text: ` ${binding.title}`, tone: 'dim'},
	]);
	return (
		<Lines
			columns={columns}
			rows={2}
			lines={[
				rule(session.theme, columns, notice === undefined ? undefined : {text: notice, tone: 'strong'}),
				draw(session.theme, keys, columns),
			]}
		/>
	);
}
