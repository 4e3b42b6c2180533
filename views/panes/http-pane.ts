import {formatMs} from '../../src/base/figures.ts';
import type {HttpData} from '../../src/checks/http/types.ts';
import {definePane} from '../kit/pane.ts';

const answered = ({answer}: HttpData) => (answer.status === undefined ? (answer.error ?? 'no answer') : String(answer.status));

export const http = definePane<HttpData, HttpData>({
	noun: ['address', 'addresses'],
	items: (data) => [data],
	id: ({url}) => `http:${url}`,
	columns: [
		{title: 'ADDRESS', width: 24, grow: 1, drop: 0, cell: ({url}) => ({text: url})},
		{
			title: 'ANSWER',
			width: 16,
			drop: 0,
			cell: (data) => ({text: answered(data), tone: data.answer.status === undefined ? 'red' : 'plain'}),
		},
		{title: 'TOOK', width: 8, align: 'right', drop: 1, cell: ({answer}) => ({text: formatMs(answer.latencyMs)})},
	],
	search: ({url}) => url,
	url: ({url}) => url,
	copy: ({url}) => url,
	evidence: (data) => `${data.url} ${answered(data)} in ${formatMs(data.answer.latencyMs)}`,
	details: ({answer}) => [
		['type', answer.contentType ?? 'not said'],
		['body', answer.body ?? 'none'],
	],
	empty: () => 'no address is configured',
});
