/** The runbooks of the round: found by what is on the screen or by what is typed, extended in place, their blocks run. */
import {sep} from 'node:path';
import {createRunBlock} from '../adapters/programs/run-argv.ts';
import type {App} from './round-app.ts';
import type {CheckRun, ConfiguredCheck} from '../checks/kit/check.ts';
import type {Context} from './context.ts';
import {embeddedRunbooks} from '../runbooks/embedded.ts';
import {embeddedManual} from '../runbooks/manual.ts';
import {extendRunbook} from '../runbooks/extend-file.ts';
import {addressesIn, runbookFor} from '../runbooks/match-runbook.ts';
import type {Runbook} from '../runbooks/runbook.ts';
import {openShelf} from '../runbooks/shelf.ts';
import {appendTip} from '../runbooks/tips.ts';
import {writeNewRunbook} from '../runbooks/new-runbook-file.ts';
import {appendWrongStep} from '../runbooks/wrong-step.ts';

export type RoundRunbooks = Pick<
	App,
	'runbooks' | 'runbookOf' | 'findRunbooks' | 'addTip' | 'extendRunbook' | 'writeRunbook' | 'runBlock' | 'ownVariable'
> & {
	/** What is wrong with the files, one sentence each. */
	readonly warnings: readonly string[];
};

/** Names that a program's environment has for itself; they say nothing of what a runbook asks for. */
const programsOwn = /^(?:_|SHLVL|OLDPWD|LINES|COLUMNS)$/;

/** Reads them; `runOf` tells how a check is when its runbook is asked for. */
export async function openRunbooks(
	context: Pick<Context, 'service' | 'environment' | 'operator' | 'clock' | 'root'>,
	round: {
		readonly checks: readonly ConfiguredCheck[];
		readonly runOf: (check: string) => CheckRun | undefined;
		/** `service.runbooks`, absolute. */
		readonly teamDirectories: readonly string[];
		readonly env: Readonly<Record<string, string | undefined>>;
	},
): Promise<RoundRunbooks> {
	const {service, environment, operator, clock, root} = context;
	const {checks, runOf, teamDirectories, env} = round;
	/** Where new ones are written. */
	const [teamDirectory] = teamDirectories;
	const shelf = await openShelf({embeddedDirectory: embeddedRunbooks, teamDirectories, manualDirectory: embeddedManual});
	/** As the team knows it: from its repository on, where it lies there. A whole path leaves the message no room. */
	const shown = (path: string) => (path.startsWith(root + sep) ? path.slice(root.length + 1) : path);
	/** One per check: every frame and key asks for the same. */
	const found = new Map<
		string,
		{readonly key: unknown; readonly row: string; readonly of: readonly Runbook[]; readonly runbook: Runbook | undefined}
	>();

	const runbookOf: App['runbookOf'] = (id, row = '') => {
		const configured = checks.find((check) => check.id === id);
		if (!configured) return undefined;
		const reasons = runOf(id)?.finding?.reasons;
		const before = found.get(id);
		if (before?.key === reasons && before?.row === row && before.of === shelf.runbooks()) return before.runbook;
		const texts = (reasons ?? []).filter(({status}) => status !== 'ok').map(({subject, text}) => `${subject} ${text}`);
		const runbook = runbookFor(shelf.runbooks(), {
			id: configured.runbook,
			check: configured.check.kind,
			item: id,
			service: service.name,
			texts: row === '' ? texts : [row, ...texts],
			urls: addressesIn(row),
		});
		found.set(id, {key: reasons, row, of: shelf.runbooks(), runbook});
		return runbook;
	};
	const extend: App['extendRunbook'] = async (runbook, {text, ...addition}) => {
		const said = {text, operator, at: clock.now()};
		const path = await extendRunbook({
			runbook,
			teamDirectory,
			what: addition.kind === 'tip' ? 'The tip' : 'What is wrong',
			change: (source) => (addition.kind === 'tip' ? appendTip(source, said) : appendWrongStep(source, {...said, ...addition})),
		});
		await shelf.reload();
		return shown(path);
	};

	return {
		warnings: shelf.warnings.map((warning) => warning.replaceAll(root + sep, '')),
		runbooks: shelf.runbooks,
		runbookOf,
		findRunbooks: shelf.find,
		async addTip(id, text) {
			const runbook = runbookOf(id);
			if (!runbook) throw new Error(`there is no runbook for ${id}`);
			return extend(runbook, {kind: 'tip', text});
		},
		extendRunbook: extend,
		async writeRunbook(name, text) {
			const path = await writeNewRunbook({name, text, teamDirectory});
			await shelf.reload();
			return shown(path);
		},
		runBlock: createRunBlock({cwd: root, env, kubernetes: environment.sources.kubernetes}),
		ownVariable: (name) => (programsOwn.test(name) ? undefined : env[name]),
	};
}
