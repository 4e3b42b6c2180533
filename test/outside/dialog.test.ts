import {describe, expect, it} from 'vitest';
import type {Act, Prepared} from '../../src/round/outside/act.ts';
import {
	answered,
	back,
	begin,
	changeForm,
	confirm,
	type Dialog,
	ended,
	named,
	openDialog,
	preview,
	select,
	toForm,
} from '../../src/outside/dialog.ts';
import {
	choicesLeft,
	draftText,
	draftValues,
	type Form,
	formOf,
	moveField,
	moveIn,
	selectedField,
	typeInto,
	valuesOf,
} from '../../src/outside/act-form.ts';
import type {OutsideWrite} from '../../src/round/outside/outside-write.ts';

const write = (body: string): OutsideWrite => ({
	id: 'resolve:1',
	system: 'Sentry',
	title: 'resolve SHOP-1',
	sent: {kind: 'request', method: 'PUT', url: 'https://sentry.io/1/', body},
	run: async () => ({state: 'done', text: 'resolved'}),
});
const plain: Act = {id: 'resolve:1', title: 'resolve', about: 'Sentry', write: () => write('{}')};
const refused: Act = {...plain, id: 'old', title: 'resend', refusal: 'older than 30 days'};
const asking: Act = {
	id: 'silence:1',
	title: 'silence',
	about: 'Alertmanager',
	prepare: async () => prepared,
	write: ({reason = ''}) => (reason === '' ? {problem: 'a silence needs its reason', field: 'reason'} : write(reason)),
};
const prepared: Prepared = {
	fields: [
		{id: 'for', label: 'for', value: '1h'},
		{id: 'reason', label: 'reason', value: ''},
	],
};
const open = (...acts: readonly Act[]) => openDialog({step: 'errors', subject: 'SHOP-1', acts});
const type = (dialog: Dialog, text: string) => changeForm(dialog, (form) => typeInto(form, {text, cursor: text.length}));

describe('the dialog', () => {
	it('offers a menu, and skips it when there is one action', () => {
		expect(open(plain, refused).stage).toEqual({kind: 'menu', selected: 0});
		expect(select(select(open(plain, refused), 5), -1).stage).toMatchObject({selected: 0});
		expect(open(plain).stage.kind).toBe('preview');
		expect(open(asking).stage.kind).toBe('asking');
	});

	it('does not open a refused action', () => {
		const menu = open(plain, refused);
		expect(begin(menu, refused)).toBe(menu);
	});

	it('shows a write before it is confirmed, and asks for the name in production', () => {
		const shown = begin(open(plain, refused), plain);
		expect(shown.stage).toMatchObject({kind: 'preview', write: {title: 'resolve SHOP-1'}});
		expect(confirm(shown, {production: false}).stage.kind).toBe('sending');
		const naming = confirm(shown, {production: true});
		expect(naming.stage).toMatchObject({kind: 'preview', naming: {text: ''}});
		// The yes given twice is no name.
		expect(confirm(naming, {production: true})).toBe(naming);
		expect(named(naming, 'checkout')).toBeUndefined();
		const typed: Dialog = {
			...naming,
			stage: {...naming.stage, kind: 'preview', naming: {text: ' checkout ', cursor: 9}} as Dialog['stage'],
		};
		expect(named(typed, 'checkout')?.stage.kind).toBe('sending');
		expect(back(typed)?.stage).not.toHaveProperty('naming');
	});

	it('goes to the preview when nothing is missing, and back with every value', () => {
		const form = answered(open(asking), asking, prepared);
		const problem = preview(form);
		expect(problem.stage).toMatchObject({kind: 'form', form: {problem: 'a silence needs its reason', selected: 1}});
		const typed = type(problem, 'deploying');
		expect(typed.stage).not.toHaveProperty('form.problem');
		const shown = preview(typed);
		expect(shown.stage).toMatchObject({kind: 'preview', write: {sent: {body: 'deploying'}}});
		expect(back(shown)?.stage).toMatchObject({kind: 'form', form: {fields: [{id: 'for'}, {typed: {text: 'deploying'}}]}});
		expect(back(form)).toBeUndefined();
	});

	it('shows existing tickets before the form of a new one', () => {
		const tickets = [{url: 'https://t/1', title: 'one'}];
		const existing = answered(open(asking), asking, {...prepared, existing: tickets});
		expect(existing.stage).toMatchObject({kind: 'existing', tickets, selected: 0});
		expect(toForm(existing, asking, prepared).stage.kind).toBe('form');
	});

	it('cannot be closed while it sends, and can be sent again only after a failure', () => {
		const sending = confirm(open(plain), {production: false});
		expect(back(sending)).toBe(sending);
		const failed = ended(sending, {state: 'failed', text: '403'});
		expect(failed.stage).toMatchObject({kind: 'ended', outcome: {text: '403'}});
		expect(back(failed)?.stage.kind).toBe('preview');
		const done = ended(sending, {state: 'done', text: 'resolved'});
		expect(back(done)).toBeUndefined();
		expect(ended(done, {state: 'failed', text: 'late'})).toBe(done);
	});

	it('skips a form without open fields', () => {
		const one: Prepared = {fields: [{id: 'reason', label: 'endpoint', value: '', choices: [{value: 'we_1', label: 'one'}]}]};
		expect(toForm(open(asking), asking, one).stage).toMatchObject({kind: 'preview', write: {sent: {body: 'we_1'}}});
	});
});

describe('the form', () => {
	const choices = [
		{value: 'user:1', label: 'Bob Okafor  bob@example.com'},
		{value: 'user:2', label: 'Carol Lindqvist'},
		{value: 'team:7', label: '#payments  team'},
	];
	const pick = (free: boolean, value = ''): Form => formOf({fields: [{id: 'who', label: 'who', value, choices, free}]}, {});
	const typed = (form: Form, text: string) => typeInto(form, {text, cursor: text.length});

	it('filters choices by the typed text and takes the first match', () => {
		expect(valuesOf(pick(false))).toEqual({who: 'user:1'});
		expect(valuesOf(moveIn(moveIn(pick(false), 1), 1))).toEqual({who: 'team:7'});
		expect(valuesOf(moveIn(moveIn(moveIn(pick(false), 9), 9), -1))).toEqual({who: 'user:2'});
		const narrowed = typed(moveIn(pick(false), 1), 'pay');
		expect(valuesOf(narrowed)).toEqual({who: 'team:7'});
		expect(valuesOf(pick(false, 'user:2'))).toEqual({who: 'user:2'});
	});

	it('accepts free text only when that is allowed', () => {
		expect(valuesOf(typed(pick(true), 'eve@example.com'))).toEqual({who: 'eve@example.com'});
		expect(valuesOf(typed(pick(false), 'eve@example.com'))).toEqual({who: ''});
		const field = selectedField(typed(pick(false), 'zzz'));
		expect(field && choicesLeft(field)).toEqual([]);
	});

	it('wraps around when it moves through the fields', () => {
		const form = formOf(prepared, {});
		expect(moveField(form, 1).selected).toBe(1);
		expect(moveField(form, -1).selected).toBe(1);
		expect(moveIn(form, 1).selected).toBe(1);
	});

	it('is saved as a draft that restores every value', () => {
		const text = 'first: line\nsecond \\n line\n\n- last';
		const form = typed(moveField(formOf(prepared, {}), 1), text);
		expect(draftText(form).split('\n')).toHaveLength(2);
		expect(draftValues(draftText(form))).toEqual({for: '1h', reason: text});
		expect(valuesOf(formOf(prepared, draftValues(draftText(form))))).toEqual({for: '1h', reason: text});
	});
});
