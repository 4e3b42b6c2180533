import {kindNames} from '../../src/checks/capacity/judge.ts';
import type {CapacityData, Usage} from '../../src/checks/capacity/types.ts';
import {formatPercent} from '../../src/base/figures.ts';
import {formatCpu, formatMemory} from '../../src/checks/kit/kubernetes-format.ts';
import type {Theme} from '../kit/theme.ts';
import {definePane} from '../kit/pane.ts';

const tone = ({ratio}: Usage) => (ratio >= 0.95 ? 'red' : ratio >= 0.8 ? 'amber' : 'plain');
const amount = ({kind, used, limit}: Usage) => {
	if (used === undefined) return '';
	return kind === 'cpu' ? formatCpu(used, limit) : formatMemory(used, limit);
};

function gauge({symbols}: Theme, ratio: number): string {
	const full = Math.round(Math.min(1, Math.max(0, ratio)) * 10);
	return (symbols.bars.at(-1) ?? '').repeat(full) + symbols.waiting.repeat(10 - full);
}

export const capacity = definePane<CapacityData, Usage>({
	noun: ['limit', 'limits'],
	items: ({usages}) => usages.toSorted((a, b) => b.ratio - a.ratio),
	id: ({kind, name}) => `capacity:${kind}/${name}`,
	columns: [
		{title: 'KIND', width: 9, drop: 0, cell: ({kind}) => ({text: kind, tone: 'dim'})},
		{title: 'OF', width: 20, grow: 1, max: 48, drop: 0, cell: ({name}) => ({text: name})},
		{
			title: 'USED',
			width: 6,
			align: 'right',
			drop: 0,
			cell: (usage) => ({text: formatPercent(usage.ratio), tone: tone(usage)}),
			sort: ({ratio}) => -ratio,
		},
		{title: '', width: 10, drop: 2, cell: (usage, {theme}) => ({text: gauge(theme, usage.ratio), tone: tone(usage)})},
		{title: 'OF ITS LIMIT', width: 15, align: 'right', drop: 3, cell: (usage) => ({text: amount(usage)})},
	],
	search: ({kind, name}) => `${kind} ${name}`,
	url: (_usage, {url}) => url,
	variables: ({kind, name}) => ({[kind === 'volume' ? 'CLAIM' : kind === 'database' ? 'DATABASE' : 'POD']: name}),
	copy: ({name}) => name,
	isAbout: ({subject, text}, {kind, name}) => subject === name && text.startsWith(`${kindNames[kind]} `),
	evidence: (usage) => [`${usage.kind} ${usage.name} ${formatPercent(usage.ratio)} used`, amount(usage)].filter(Boolean).join(', '),
	head: ({missing, failures}) => [
		...failures.map(({source, message}) => ({text: `${source}: ${message}`, tone: 'amber' as const})),
		...(missing.length > 0
			? [{text: `not known: ${missing.map(({kind, why}) => `${kind} (${why})`).join(', ')}`, tone: 'dim' as const}]
			: []),
	],
	empty: () => 'no source reports usage',
});
