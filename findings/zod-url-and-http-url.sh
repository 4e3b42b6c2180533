#!/usr/bin/env bash
# zod 4.6.7: z.httpUrl() refuses http://localhost:9090, and z.url() accepts localhost:9090.
#
# For the address of a Prometheus one would choose z.httpUrl() as the stricter z.url(). It wants a host name with a dot:
# localhost, an IP address and a Kubernetes service name fail. z.url() takes whatever the URL class parses, and that
# reads `localhost:9090` as the scheme "localhost". z.url({protocol: /^https?$/}) accepts what such a field needs.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . zod@4.6.7 || exit 2

cat >run.mjs <<'JS'
import {httpUrl, url} from 'zod';

const web = url({protocol: /^https?$/});
for (const address of ['https://example.com', 'http://localhost:9090', 'http://10.0.0.7:9090', 'http://prometheus:9090', 'localhost:9090']) {
	const [any, http, own] = [url(), httpUrl(), web].map((schema) => schema.safeParse(address).success);
	console.log(`${address}: url ${any}, httpUrl ${http}, url with protocol ${own}`);
}
JS
cat >expected <<'TEXT'
https://example.com: url true, httpUrl true, url with protocol true
http://localhost:9090: url true, httpUrl false, url with protocol true
http://10.0.0.7:9090: url true, httpUrl false, url with protocol true
http://prometheus:9090: url true, httpUrl false, url with protocol true
localhost:9090: url true, httpUrl false, url with protocol false
TEXT
node run.mjs >seen
cat seen
diff expected seen && echo 'As described.'
