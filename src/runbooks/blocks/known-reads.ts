/** Which commands are known to only read. What is not known here counts as changing things. Pure. */
import {literalOf, type Word} from './command-words.ts';

/** The words after the program; undefined for one that a value decides. */
type Arguments = readonly (string | undefined)[];
type Judge = (given: Arguments) => boolean;

/**
 * The first words that are no options. An option that is not known might take the next word as its value, so nothing
 * after it can be told: then there are fewer.
 */
function leading(given: Arguments, withValue: readonly string[] = []): readonly string[] {
	const found: string[] = [];
	for (let at = 0; at < given.length; at++) {
		const word = given[at];
		if (word === undefined) break;
		if (withValue.includes(word)) at++;
		else if (!word.startsWith('-')) found.push(word);
		else if (!word.startsWith('--') || !word.includes('=')) break;
	}
	return found;
}

const has = (given: Arguments, pattern: RegExp) => given.some((word) => word !== undefined && pattern.test(word));
const anything: Judge = () => true;
/** Reads unless one of its options writes. */
const unless =
	(pattern: RegExp): Judge =>
	(given) =>
		!has(given, pattern);
/** Reads where its words begin with one of these. */
const begins =
	(verbs: readonly string[], withValue: readonly string[] = []): Judge =>
	(given) => {
		const words = leading(given, withValue);
		return verbs.some((verb) => verb.split(' ').every((part, index) => words[index] === part));
	};

const kubectlFlags = [
	'-n',
	'--namespace',
	'--context',
	'--cluster',
	'--kubeconfig',
	'-s',
	'--server',
	'--user',
	'--request-timeout',
	'--as',
];
const kubectlReads = [
	'get',
	'describe',
	'logs',
	'top',
	'events',
	'explain',
	'diff',
	'version',
	'api-resources',
	'api-versions',
	'wait',
	'rollout status',
	'rollout history',
	'auth can-i',
	'auth whoami',
	'config view',
	'config current-context',
	'config get-contexts',
];

/** `exec POD -- PROGRAM …` reads where the program does; without `--`, and with a terminal, nothing is known. */
function kubectlExec(given: Arguments): boolean {
	const end = given.indexOf('--');
	if (given[0] !== 'exec' || end < 0) return false;
	const options = given.slice(1, end).filter((word) => word?.startsWith('-'));
	return (
		options.every((word) => word !== undefined && /^(?:-[nc]|--(?:namespace|container|context)(?:=.*)?)$/.test(word)) &&
		known(given.slice(end + 1))
	);
}

/** `aws [options] service verb …` */
function aws(given: Arguments): boolean {
	const [service, verb] = leading(given, ['--region', '--profile', '--output', '--query', '--endpoint-url']);
	if (service === undefined || verb === undefined) return false;
	if (/^(?:describe|list)-[a-z-]+$/.test(verb)) return true;
	return ['s3 ls', 'sts get-caller-identity', 'logs tail', 'logs filter-log-events'].includes(`${service} ${verb}`);
}

/** Words that only name what is spoken of. */
const gcloudGroups = new Set(
	(
		'alpha beta sql instances backups operations databases users compute regions zones disks snapshots images ' +
		'networks subnets forwarding-rules backend-services health-checks container clusters node-pools run services revisions projects ' +
		'logging logs monitoring policies dashboards iam service-accounts pubsub topics subscriptions functions redis dns record-sets'
	).split(' '),
);

function gcloud(given: Arguments): boolean {
	const words = leading(given, ['--project', '--format', '--filter', '--region', '--zone', '--account']);
	const verb = words.findIndex((word) => !gcloudGroups.has(word));
	return verb > 0 && ['describe', 'list', 'get-latest-recovery-time', 'read'].includes(words[verb] ?? '');
}

const curlFlags = new Set(
	(
		'--fail --silent --show-error --location --head --include --verbose --insecure --compressed --get -4 -6 --ipv4 --ipv6 ' +
		'--http1.1 --http2 --no-progress-meter'
	).split(' '),
);
const curlValues = new Set(
	'-H --header -w --write-out -m --max-time --connect-timeout -A --user-agent --retry --retry-delay -u --user --resolve'.split(' '),
);

/** GET and HEAD whose answer goes nowhere but to the screen. */
function curl(given: Arguments): boolean {
	for (let at = 0; at < given.length; at++) {
		const word = given[at];
		if (word === undefined || !word.startsWith('-')) continue;
		if (curlValues.has(word)) {
			// A format can name a file to write to, or be read from one.
			if (/^-w$|^--write-out$/.test(word) && /^@|%output/.test(given[at + 1] ?? '@')) return false;
			at++;
		} else if (word === '-X' || word === '--request') {
			if (!['GET', 'HEAD'].includes(given[++at] ?? '')) return false;
		} else if (word === '-o' || word === '--output') {
			if (!['/dev/null', '-'].includes(given[++at] ?? '')) return false;
		} else if (!curlFlags.has(word) && !/^-[fsSLIivk]+$/.test(word)) return false;
	}
	return true;
}

/** A GET: no option gives it a body or another method. */
const ghApi: Judge = (given) => given[0] === 'api' && !has(given, /^-[XfF]|^--(?:method|field|raw-field|input)/);

const judges: Readonly<Record<string, Judge>> = {
	kubectl: (given) => begins(kubectlReads, kubectlFlags)(given) || kubectlExec(given),
	aws,
	gcloud,
	curl,
	helm: begins(['list', 'ls', 'status', 'history', 'get', 'version', 'search'], ['-n', '--namespace', '--kube-context']),
	docker: begins(['ps', 'logs', 'inspect', 'images', 'manifest inspect', 'stats', 'top', 'version', 'info', 'port', 'events']),
	git: (given) =>
		begins(['status', 'log', 'diff', 'show', 'blame'], ['-C'])(given) && !has(given, /^--output|^-c$|^--ext-diff|^--textconv/),
	gh: (given) =>
		ghApi(given) ||
		begins(['pr view', 'pr list', 'pr checks', 'run list', 'run view', 'issue list', 'issue view', 'release list', 'release view'])(given),
	amtool: begins(['alert query', 'silence query'], ['--alertmanager.url']),
	promtool: begins(['query']),
	stripe: begins(['get']),
	cmctl: begins(['status', 'version']),
	base64: unless(/^-[a-zA-Z]*o|^--output/),
	pgbackrest: begins(['info'], ['--stanza']),
	systemctl: begins(['status', 'list-units', 'list-timers', 'is-active', 'is-enabled', 'is-failed', 'show', 'cat']),
	journalctl: unless(/^--(?:vacuum|rotate|flush|sync|relinquish|smart|setup-keys|update-catalog|cursor-file)/),
	npm: (given) => begins(['audit', 'outdated', 'ls', 'view'])(given) && !has(given, /^fix$/),
	openssl: (given) => begins(['s_client', 'x509'])(given) && !has(given, /^-(?:out|writerand|keylogfile|sess_out|msgfile)/),
	sort: unless(/^-[a-zA-Z]*[oST]|^--(?:output|compress-program|temporary)/),
	uniq: (given) => given.every((word) => word?.startsWith('-') ?? false),
	date: (given) => given.every((word) => word !== undefined && (word.startsWith('+') || word === '-u')),
	hostname: (given) => given.length === 0,
	ss: unless(/^-[a-zA-Z]*K|^--kill/),
	ping: anything,
};
const alwaysReads =
	'cat cd column cut df dig du echo egrep fgrep free grep head host id jq ls lsof netstat nl nslookup printf ps pwd set sha256sum sleep stat ' +
	'tail test tr true uname uptime wc which whoami zcat zgrep';
const reading = new Set(alwaysReads.split(' '));

function known([program, ...given]: Arguments): boolean {
	if (program === undefined) return false;
	return reading.has(program) || (Object.hasOwn(judges, program) && (judges[program]?.(given) ?? false));
}

/** True where the program with these words is known to change nothing, whatever the values are. */
export function readsOnly(words: readonly Word[]): boolean {
	return known(words.map(literalOf));
}
