/** The forms for an announcement, an update and a resolution, and the messages their values make. Pure. */
import type {Field, Problem, Values} from '../outside/act.ts';
import {type Announcement, announcementText, longestMessage, oneLine} from './announcement.ts';

const said = (values: Values, id: string) => (values[id] ?? '').trim();

const tooLong = (text: string, field: string): Problem | undefined =>
	text.length <= longestMessage
		? undefined
		: {problem: `The message has ${text.length} characters. The limit is ${longestMessage}.`, field};

/** The announcement's form; `to` says where it goes. */
export function announcementFields({from, userImpact, what, communicationsOwner}: Announcement, to: Field | undefined): readonly Field[] {
	return [
		{id: 'from', label: 'from', value: from, hint: 'when it began'},
		{id: 'userImpact', label: 'user impact', value: userImpact, hint: 'what users cannot do, and how many of them'},
		{id: 'what', label: 'what', value: what, hint: 'what is happening, in plain words'},
		{
			id: 'communicationsOwner',
			label: 'communications',
			value: communicationsOwner,
			hint: 'Optional. Who posts the updates',
		},
		...(to ? [to] : []),
	];
}

/** The announcement that the form's values make, or what is missing. */
export function announcementOf(values: Values): Announcement | Problem {
	const announcement = {
		from: oneLine(said(values, 'from')),
		userImpact: oneLine(said(values, 'userImpact')),
		what: oneLine(said(values, 'what')),
		communicationsOwner: oneLine(said(values, 'communicationsOwner')),
	};
	if (announcement.from === '') return {problem: 'say when it began', field: 'from'};
	if (announcement.userImpact === '') return {problem: 'say what users cannot do, and how many of them', field: 'userImpact'};
	if (announcement.what === '') return {problem: 'say what is happening', field: 'what'};
	return tooLong(announcementText(announcement), 'what') ?? announcement;
}

/** The form of an update. */
export const updateFields: readonly Field[] = [
	{
		id: 'text',
		label: 'update',
		value: '',
		lines: true,
		hint: 'What is known now and what happens next. Press ctrl-o to open it in $EDITOR.',
	},
];

/** The update, or what is wrong with it. */
export function updateOf(values: Values): string | Problem {
	const text = said(values, 'text');
	if (text === '') return {problem: 'say what is known now', field: 'text'};
	return tooLong(text, 'text') ?? text;
}

/** The form of a resolution. */
export const resolvedFields = (until: string): readonly Field[] => [
	{id: 'until', label: 'until', value: until, hint: 'when users recovered'},
];

/** When it was over, or what is wrong with it. */
export function untilOf(values: Values): string | Problem {
	const until = oneLine(said(values, 'until'));
	return until === '' ? {problem: 'say when users recovered', field: 'until'} : until;
}
