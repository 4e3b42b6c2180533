#!/usr/bin/env bash
# undici 8.12.4 and Node 24.21.0: Node's own fetch refuses an Agent of undici 8, and uses the same Agent if it is global.
#
# The option `dispatcher` of the global fetch takes an Agent of the undici inside Node (7.29.1). One of the package
# undici 8 fails with InvalidArgumentError "invalid onRequestStart method", wrapped in "fetch failed". After
# setGlobalDispatcher of the package, the global fetch works with that same Agent. So one Agent is refused by name and
# accepted by default. For a proxy or a CA of one request, import fetch from the package too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . undici@8.12.4 node@24.21.0 || exit 2

cat >run.mjs <<'JS'
import {createServer} from 'node:http';
import {once} from 'node:events';
import {Agent, fetch as fetchOfUndici, setGlobalDispatcher} from 'undici';

const server = createServer((_, answer) => answer.end('answered')).listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${server.address().port}`;
let used = 0;
class Counting extends Agent {
	dispatch(...parts) {
		used += 1;
		return super.dispatch(...parts);
	}
}
const dispatcher = new Counting();
const attempt = async (name, ask) => {
	used = 0;
	const words = await ask().then(
		(answer) => answer.text(),
		({message, cause}) => `${message}: ${cause.name}, ${cause.message}`,
	);
	console.log(`${name}: ${words}, Agent used ${used} time(s)`);
};
console.log(`Node ${process.versions.node}, its own undici ${process.versions.undici}`);
await attempt('global fetch, named Agent', () => fetch(url, {dispatcher}));
await attempt('fetch of undici, named Agent', () => fetchOfUndici(url, {dispatcher}));
setGlobalDispatcher(dispatcher);
await attempt('global fetch, global Agent', () => fetch(url));
await dispatcher.close();
server.close();
server.closeAllConnections();
JS
cat >expected <<'TEXT'
Node 24.21.0, its own undici 7.29.1
global fetch, named Agent: fetch failed: InvalidArgumentError, invalid onRequestStart method, Agent used 1 time(s)
fetch of undici, named Agent: answered, Agent used 1 time(s)
global fetch, global Agent: answered, Agent used 1 time(s)
TEXT
node_modules/node/bin/node run.mjs >seen
cat seen
diff expected seen && echo 'As described.'
