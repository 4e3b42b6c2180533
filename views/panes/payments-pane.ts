/** Stripe: stuck webhooks first, then endpoints that are off, invoices, payments; totals by currency above. */
import {formatAge, plural} from '../../src/base/figures.ts';
import {formatMoney, formatTotals} from '../../src/checks/kit/money.ts';
import type {PaymentsData} from '../../src/checks/payments/types.ts';
import type {Money} from '../../src/ports/payment-source.ts';
import type {Tone} from '../kit/theme.ts';
import {definePane} from '../kit/pane.ts';

interface Row {
	readonly id: string;
	readonly kind: 'webhook' | 'endpoint' | 'invoice' | 'payment';
	readonly name: string;
	readonly what: string;
	readonly amount?: Money;
	readonly at?: number;
	readonly url: string;
}

const invoiceKinds = {'payment-failed': 'payment failed', 'not-finalised': 'not finalised', overdue: 'overdue'} as const;
const tones: Readonly<Record<Row['kind'], Tone>> = {webhook: 'red', endpoint: 'red', invoice: 'amber', payment: 'plain'};

function rowsOf(data: PaymentsData): readonly Row[] {
	return [
		...data.webhooks.map(({id, type, pending, createdAt, url}) => ({
			id,
			kind: 'webhook' as const,
			name: type,
			what: `${plural(pending, 'delivery', 'deliveries')} pending`,
			at: createdAt,
			url,
		})),
		...data.endpoints
			.filter(({enabled}) => !enabled)
			.map(({id, endpoint, url}) => ({id, kind: 'endpoint' as const, name: endpoint, what: 'switched off', url})),
		...data.invoices.map(({id, number, kind, reason, customer, amount, createdAt, url}) => ({
			id,
			kind: 'invoice' as const,
			name: number ?? id,
			what: [invoiceKinds[kind], reason, customer].filter(Boolean).join(', '),
			amount,
			at: createdAt,
			url,
		})),
		...data.payments.map(({id, reason, customer, amount, createdAt, url}) => ({
			id,
			kind: 'payment' as const,
			name: customer ?? id,
			what: reason,
			amount,
			at: createdAt,
			url,
		})),
	];
}

export const payments = definePane<PaymentsData, Row>({
	noun: ['failure', 'failures'],
	items: rowsOf,
	id: ({kind, id}) => `${kind}:${id}`,
	columns: [
		{title: 'KIND', width: 8, drop: 1, cell: ({kind}) => ({text: kind, tone: tones[kind]})},
		{title: 'NAME', width: 18, grow: 1, drop: 0, cell: ({name}) => ({text: name})},
		{title: 'WHAT', width: 18, grow: 2, drop: 3, cell: ({what}) => ({text: what})},
		{
			title: 'AMOUNT',
			width: 14,
			align: 'right',
			drop: 0,
			cell: ({amount}) => ({text: amount ? formatMoney(amount) : ''}),
			sort: ({amount}) => -(amount?.minor ?? 0),
		},
		{
			title: 'SINCE',
			width: 9,
			align: 'right',
			drop: 2,
			cell: ({at}, {now}) => ({text: at === undefined ? '' : formatAge(now - at)}),
			sort: ({at}) => at ?? 0,
		},
	],
	search: ({kind, name, what, id}) => `${kind} ${name} ${what} ${id}`,
	url: ({url}) => url,
	outside({id, kind}, {webhooks, live, endpoints}) {
		const webhook = kind === 'webhook' ? webhooks.find((one) => one.id === id) : undefined;
		return webhook && {kind: 'webhook', webhook, live, endpoints};
	},
	variables: ({kind, id}) => ({[{webhook: 'EVENT', endpoint: 'ENDPOINT', invoice: 'INVOICE', payment: 'PAYMENT'}[kind]]: id}),
	copy: ({id}) => id,
	isAbout: ({subject, text}, {id, name, amount}) =>
		(subject === id || subject === name) && text.startsWith(amount ? formatMoney(amount) : ''),
	evidence: ({kind, id, name, what, amount}) =>
		[`${kind} ${name}${name === id ? '' : ` (${id})`}`, amount && formatMoney(amount), what].filter(Boolean).join(', '),
	details: ({id, url}) => [
		['id', id],
		['url', url],
	],
	head({live, invoices, payments}) {
		const amounts = [...invoices, ...payments].map(({amount}) => amount);
		return [
			...(live ? [] : [{text: 'test mode: no real money', tone: 'amber' as const}]),
			...(amounts.length > 0 ? [{text: `failed total: ${formatTotals(amounts)}`}] : []),
		];
	},
	empty: () => 'no failed webhook, invoice or payment',
});
