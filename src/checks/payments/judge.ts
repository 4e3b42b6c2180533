/** Judges Stripe's failures: stuck webhooks first, since a paid order may hang on each. Pure. */
import type {FailedInvoice, FailedPayment, StuckWebhook, WebhookEndpoint} from '../../ports/payment-source.ts';
import type {Status} from '../../base/status.ts';
import type {Evidence, Finding, JudgeContext, Reason} from '../kit/check.ts';
import {finding, label} from '../kit/finding.ts';
import {formatAge, plural} from '../../base/figures.ts';
import {formatMoney, formatTotals} from '../kit/money.ts';
import {unreadReasons} from '../kit/partial-failure.ts';
import type {PaymentsData, PaymentsOptions} from './types.ts';

const kinds: Record<FailedInvoice['kind'], string> = {
	'payment-failed': 'payment failed',
	'not-finalised': 'could not be finalised',
	overdue: 'is overdue',
};

function webhookText({type, createdAt, pending}: StuckWebhook, now: number): string {
	return `${type} not delivered for ${formatAge(now - createdAt)}, ${plural(pending, 'delivery', 'deliveries')} pending`;
}

function invoiceText({kind, amount, attempts, nextAttemptAt, reason}: FailedInvoice, now: number): string {
	const next =
		nextAttemptAt === undefined
			? kind === 'payment-failed'
				? 'Stripe will not try again'
				: undefined
			: `Stripe tries again in ${formatAge(nextAttemptAt - now)}`;
	return [`${formatMoney(amount)} ${kinds[kind]}`, reason, attempts > 0 ? plural(attempts, 'attempt') : undefined, next]
		.filter(Boolean)
		.join(', ');
}

function paymentText({amount, reason, createdAt}: FailedPayment, now: number): string {
	return `${formatMoney(amount)} failed ${formatAge(now - createdAt)} ago: ${reason}`;
}

function endpointText({endpoint, enabled}: WebhookEndpoint): string {
	return `endpoint ${endpoint} is ${enabled ? 'enabled' : 'disabled: Stripe sends it nothing'}`;
}

function invoiceName({number, id}: FailedInvoice): string {
	return number ?? id;
}

function severity(count: number, critical: number): Status {
	return count >= critical ? 'critical' : 'warning';
}

function reasonsOf(data: PaymentsData, {options, now}: JudgeContext<PaymentsOptions>): readonly Reason[] {
	const {webhooks, invoices, payments} = data;
	const disabled = data.endpoints.filter(({enabled}) => !enabled);
	return [
		...webhooks.map((one): Reason => ({
			status: severity(webhooks.length, options.criticalWebhooks),
			subject: one.id,
			text: webhookText(one, now),
		})),
		...disabled.map((one): Reason => ({status: webhooks.length > 0 ? 'critical' : 'warning', subject: one.id, text: endpointText(one)})),
		...invoices.map((one): Reason => ({
			status: severity(invoices.length, options.criticalInvoices),
			subject: invoiceName(one),
			text: invoiceText(one, now),
		})),
		...payments.map((one): Reason => ({
			status: severity(payments.length, options.criticalPayments),
			subject: one.customer ?? one.id,
			text: paymentText(one, now),
		})),
		...unreadReasons('Stripe', data),
	];
}

function evidenceOf(data: PaymentsData, {id, now}: JudgeContext<PaymentsOptions>): readonly Evidence[] {
	return [
		...data.webhooks.map((one) => ({
			id: `webhook:${one.id}`,
			check: id,
			text: `${one.id} ${webhookText(one, now)}`,
			url: one.url,
			at: one.createdAt,
		})),
		...data.endpoints
			.filter(({enabled}) => !enabled)
			.map((one) => ({id: `endpoint:${one.id}`, check: id, text: endpointText(one), url: one.url, at: now})),
		...data.invoices.map((one) => ({
			id: `invoice:${one.id}`,
			check: id,
			text: `invoice ${invoiceName(one)} ${invoiceText(one, now)}`,
			url: one.url,
			at: one.createdAt,
		})),
		...data.payments.map((one) => ({
			id: `payment:${one.id}`,
			check: id,
			text: `payment ${one.id} ${paymentText(one, now)}`,
			url: one.url,
			at: one.createdAt,
		})),
	];
}

/** Judges the report; that nothing failed is a good answer. */
export function judgePayments(data: PaymentsData, context: JudgeContext<PaymentsOptions>): Finding {
	const {id, now} = context;
	const disabled = data.endpoints.filter(({enabled}) => !enabled).length;
	const money = (amounts: readonly {readonly amount: FailedInvoice['amount']}[]) => formatTotals(amounts.map(({amount}) => amount));
	const notes = [
		...(data.webhooks.length > 0 ? [`${plural(data.webhooks.length, 'webhook')} stuck`] : []),
		...(disabled > 0 ? [`${plural(disabled, 'endpoint')} disabled`] : []),
		...(data.invoices.length > 0 ? [`${plural(data.invoices.length, 'invoice')} failed (${money(data.invoices)})`] : []),
		...(data.payments.length > 0 ? [`${plural(data.payments.length, 'payment')} failed (${money(data.payments)})`] : []),
	];
	const unread = data.missing?.length ?? 0;
	const gaps = unread > 0 ? [`${plural(unread, 'part')} could not be read`] : [];
	const none = unread > 0 ? 'nothing failed in what could be read' : `nothing failed in ${formatAge(now - data.since)}`;
	const mode = data.live ? [] : ['test mode'];
	return finding({
		summary: [...(notes.length > 0 ? notes : [none]), ...gaps, ...mode].join(', '),
		short: `${label(id)} ${[...(notes.length > 0 ? notes : unread > 0 ? [] : ['none failed']), ...gaps].join(', ')}`,
		reasons: reasonsOf(data, context),
		evidence: evidenceOf(data, context),
	});
}
