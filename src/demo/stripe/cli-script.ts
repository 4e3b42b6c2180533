/** As much of the Stripe CLI as sends an event again: `node stripe.mjs ADDRESS KEY_FILE events resend EVT --webhook-endpoint=we_… --live`. */
export const stripeScript = `import {readFileSync} from 'node:fs';
const [address, keyFile, what, verb, event, ...flags] = process.argv.slice(2);
try {
	if (what !== 'events' || verb !== 'resend') throw new Error('unknown command ' + what + ' ' + verb);
	const url = new URL('/v1/events/' + event + '/retry', address);
	const endpoint = flags.find((flag) => flag.startsWith('--webhook-endpoint='));
	url.searchParams.set('webhook_endpoint', endpoint ? endpoint.split('=')[1] : '');
	const answer = await fetch(url, {method: 'POST', headers: {authorization: 'Bearer ' + readFileSync(keyFile, 'utf8').trim()}});
	const body = await answer.text();
	if (!answer.ok) throw new Error('Request failed, status=' + answer.status + ', body=' + body);
	console.log(body);
} catch (error) {
	console.error(error.cause?.message ?? error.message);
	process.exitCode = 1;
}
`;
