import {judgeRecorded} from '../../src/checks/kit/recorded.ts';
import {readinessOf} from '../../src/checks/readiness/index.ts';
import type {ReadinessData, ReadinessItem} from '../../src/checks/readiness/types.ts';
import {definePane} from '../kit/pane.ts';

const day = 86_400_000;
/** Epoch milliseconds; 0 where it was never confirmed. */
const dueAt = ({lastOn, every}: ReadinessItem) => (lastOn === undefined ? 0 : Math.min(Date.parse(lastOn) + every, Date.UTC(9999, 11, 31)));
const dueOn = (item: ReadinessItem) => (item.lastOn === undefined ? 'now' : new Date(dueAt(item)).toISOString().slice(0, 10));

const urgency = (item: ReadinessItem) => (item.doubts.length > 0 ? Math.min(1, dueAt(item)) : dueAt(item));

/** What is known of it: the doubts before the day someone wrote down. */
const told = (item: ReadinessItem) =>
	[...item.doubts, item.lastOn === undefined ? 'never confirmed' : `confirmed on ${item.lastOn}`].join('; ');

export const readiness = definePane<ReadinessData, ReadinessItem>({
	noun: ['item', 'items'],
	// What was never confirmed, what is in doubt, then what is due first.
	items: ({items}) => items.toSorted((a, b) => urgency(a) - urgency(b)),
	id: ({id}) => `readiness:${id}`,
	columns: [
		{
			title: 'STATE',
			width: 7,
			drop: 0,
			cell: (item, {now}) => {
				const state = readinessOf(item, now);
				return {text: state, tone: state === 'ready' ? 'green' : 'amber'};
			},
		},
		{title: 'ITEM', width: 12, grow: 1, max: 24, drop: 0, cell: ({title}) => ({text: title})},
		{title: 'CONFIRMED', width: 10, drop: 1, cell: ({lastOn}) => ({text: lastOn ?? '-'}), sort: ({lastOn}) => lastOn ?? ''},
		{title: 'DUE', width: 10, drop: 0, cell: (item) => ({text: dueOn(item)}), sort: dueAt},
		{
			title: 'WHAT MUST BE TRUE',
			width: 24,
			grow: 3,
			drop: 2,
			cell: ({doubts, asks}) => (doubts.length > 0 ? {text: doubts.join('; '), tone: 'amber'} : {text: asks, tone: 'dim'}),
		},
	],
	search: ({title, asks, doubts}) => `${title} ${asks} ${doubts.join(' ')}`,
	url: ({url}) => url,
	copy: (item) => `${item.title}: ${told(item)}`,
	isAbout: ({subject}, {title}) => subject === title,
	evidence: (item) => `${item.title}: ${told(item)}`,
	details: (item, {now}) => [
		['must be true', item.asks],
		['confirmed', item.lastOn === undefined ? 'never' : judgeRecorded({lastOn: item.lastOn, every: item.every}, now).text],
		['how often', `every ${Math.round(item.every / day)} days`],
		...(item.url === undefined ? [] : [['kept at', item.url] as const]),
		...item.doubts.map((text) => ['in doubt', text] as const),
	],
	empty: () => 'rounds.yaml lists nothing that must be ready',
});
