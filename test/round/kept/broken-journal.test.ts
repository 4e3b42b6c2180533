import {mkdtempSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {createDraftStore} from '../../../src/adapters/disk/draft-store.ts';
import {createJournal} from '../../../src/round/kept/journal.ts';
import {createRound, type RoundState} from '../../../src/round/round.ts';
import {answer} from '../../../src/triage/questions.ts';
import {startInvestigation} from '../../../src/round/investigation/investigation.ts';
import {startedAt} from '../samples.ts';

const place = {service: 'checkout', environment: 'production', operator: 'alice'};

function program(directory: string, token: string) {
	const drafts = createDraftStore({directory, now: () => startedAt});
	const processes = {self: {pid: 1, host: 'laptop', token}, isAlive: () => false};
	return {drafts, journal: createJournal({drafts, processes, now: () => startedAt, timeZone: 'Europe/Berlin'})};
}

function walked(): RoundState {
	const round = createRound({
		...place,
		startedAt,
		timeZone: 'Europe/Berlin',
		steps: [
			{id: 'health', title: 'Health'},
			{id: 'pods', title: 'Pods'},
		],
	});
	const begun = startInvestigation({
		step: 'pods',
		openedAt: startedAt,
		evidence: [{id: 'pod:a', check: 'pods', text: 'a is killed', at: startedAt}],
	});
	const investigation = answer(answer(begun, 'problem', 'api is killed'), 'why.1', 'no memory');
	return {...round, steps: round.steps.map((step) => (step.id === 'pods' ? {...step, investigation} : step))};
}

/** The file of a round that was begun, after `edit` of what it says of its investigation, and of the step that has it. */
function editedByHand(
	edit: Record<string, unknown>,
	ofStep: Record<string, unknown> = {},
): {readonly directory: string; readonly file: string; readonly text: string} {
	const directory = mkdtempSync(join(tmpdir(), 'rounds-home-'));
	program(directory, 'first').journal.save(walked());
	const [name = ''] = readdirSync(directory);
	const file = join(directory, name);
	const saved = JSON.parse(readFileSync(file, 'utf8')) as {value: {state: {steps: {investigation?: object}[]}}};
	const step = saved.value.state.steps[1];
	if (step) Object.assign(step, {investigation: {...step.investigation, ...edit}}, ofStep);
	const text = JSON.stringify(saved);
	writeFileSync(file, text);
	return {directory, file, text};
}

it('finds an unchanged round again', () => {
	const {directory} = editedByHand({});
	const {journal} = program(directory, 'second');
	expect(journal.open(place)).toMatchObject([{state: {steps: [{}, {investigation: {problem: 'api is killed', whys: ['no memory']}}]}}]);
	expect(journal.problems()).toEqual([]);
});

it.each([
	['whys', {whys: 'because'}, 'whys'],
	['one why', {whys: [7]}, 'whys[0]'],
	['the method', {method: 'dice'}, 'method'],
	['no method', {method: undefined}, 'method'],
	['the outcome', {outcome: 'fine'}, 'outcome'],
	['the answers', {answers: {who: ['me']}}, 'answers.who'],
	['the times', {times: {cause: 'noon'}}, 'times.cause'],
	['the evidence', {evidence: [{id: 'x'}]}, 'evidence[0].check'],
	['a level', {answered: [{text: 'x', level: 9}]}, 'answered[0].level'],
	['a bone', {bones: [{bone: 'weather', text: 'x'}]}, 'bones[0].bone'],
	['a suspect', {suspects: [null]}, 'suspects[0]'],
	['when it was opened', {openedAt: 'today'}, 'openedAt'],
])('renames a round when %s is invalid and names the field', (_name, edit, field) => {
	const {directory, file, text} = editedByHand(edit);
	const {journal, drafts} = program(directory, 'second');
	expect(journal.open(place)).toEqual([]);
	const movedTo = `${file}.broken-${startedAt}`;
	expect(journal.problems()).toHaveLength(1);
	expect(journal.problems()[0]).toContain(`(steps[1].investigation.${field}: `);
	expect(journal.problems()[0]).toContain(`moved to ${directory}/*.broken-${startedAt} (`);
	expect(readFileSync(movedTo, 'utf8')).toBe(text);
	// Another round can be kept as if nothing had been.
	journal.save(walked());
	expect(drafts.list()).toHaveLength(1);
});

it('leaves a round of another version of the program alone', () => {
	const directory = mkdtempSync(join(tmpdir(), 'rounds-home-'));
	const {journal, drafts} = program(directory, 'first');
	drafts.save('other', {version: 2, shape: 'unknown'});
	expect(journal.open(place)).toEqual([]);
	expect(journal.problems()).toEqual([]);
	expect(drafts.list()).toHaveLength(1);
});

it.each(['urgent', 'p1', 1, null])('renames a round when a ticket has the priority %j', (priority) => {
	const ticket = {url: 'https://jira.example/browse/INC-7', title: 'INC-7', at: startedAt, operator: 'alice'};
	const good = editedByHand({}, {tickets: [{...ticket, priority: 'P1'}, ticket]});
	expect(program(good.directory, 'second').journal.open(place)).toHaveLength(1);

	const {directory, file, text} = editedByHand({}, {tickets: [ticket, {...ticket, priority}]});
	const {journal} = program(directory, 'second');
	expect(journal.open(place)).toEqual([]);
	expect(journal.problems()).toEqual([expect.stringContaining('(steps[1].tickets[1].priority: ')]);
	expect(readFileSync(`${file}.broken-${startedAt}`, 'utf8')).toBe(text);
});
