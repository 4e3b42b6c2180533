#!/usr/bin/env bash
# stripe 23.1.0: `maxNetworkRetries` does not retry 429.
#
# A reader of the name expects that "too many requests" is retried, as the API asks to. With maxNetworkRetries: 2 the
# client sends three requests after 409, 500 and 503, but only one after 429, also if the answer has Retry-After.
# A program that lists many pages must wait and ask again itself.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . stripe@23.1.0 || exit 2

cat >run.mjs <<'JS'
import {createServer} from 'node:http';
import {once} from 'node:events';
import Stripe from 'stripe';

for (const status of [409, 429, 500, 503]) {
	let requests = 0;
	const server = createServer((_, answer) => {
		requests += 1;
		answer.writeHead(status, {'content-type': 'application/json', 'retry-after': '0'});
		answer.end(JSON.stringify({error: {message: 'try again'}}));
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const stripe = new Stripe('sk_test_1', {
		host: '127.0.0.1',
		port: server.address().port,
		protocol: 'http',
		maxNetworkRetries: 2,
		telemetry: false,
	});
	const error = await stripe.events.list({limit: 1}).catch((reason) => reason);
	console.log(`${status} ${error.type}: ${requests} request(s)`);
	server.close();
	server.closeAllConnections();
}
JS
cat >expected <<'TEXT'
409 StripeAPIError: 3 request(s)
429 StripeRateLimitError: 1 request(s)
500 StripeAPIError: 3 request(s)
503 StripeAPIError: 3 request(s)
TEXT
node run.mjs >seen
cat seen
diff expected seen && echo 'As described.'
