import fc from 'fast-check';
import {expect, test} from 'vitest';
import {blockOf} from '../../../src/runbooks/blocks/blocks.ts';
import {lexCommands} from '../../../src/runbooks/blocks/command-words.ts';
import {fillWords, knownValue, printArgument, valueProblem} from '../../../src/runbooks/blocks/variables.ts';

/** The arguments of the block's only command. */
function argvOf(code: string, values: Readonly<Record<string, string>> = {}, language = ''): readonly string[] {
	const block = blockOf(language, code);
	if (block.kind !== 'argv') throw new Error(JSON.stringify(block));
	return fillWords(block.commands[0] ?? [], values);
}
const names = (language: string, code: string) => {
	const block = blockOf(language, code);
	return block.kind === 'text' ? block.why : block.variables.map(({name, quoted}) => (quoted ? name : `${name}?`));
};
const reads = (language: string, code: string) => {
	const block = blockOf(language, code);
	return block.kind === 'text' ? block.why : block.reads;
};

const anyText = fc.string({unit: 'binary', maxLength: 40}).filter((text) => !text.includes('\0'));
const nasty = fc.oneof(
	anyText,
	fc.array(fc.constantFrom(...'|&;<>()$`\\"\' \n*?[]#~={}%!-aA1'.split(''))).map((parts) => parts.join('')),
	fc.constantFrom('$(touch x)', '`id`', '; rm -rf /', "' || true '", '"; x', '--all', '${IFS}', '\\', '*'),
);

test('whatever a value holds, it is one argument, and the others stay what they are', () => {
	fc.assert(
		fc.property(nasty, nasty, (pod, space) => {
			const values = {POD: pod, SPACE: space};
			expect(argvOf('kubectl logs -n $SPACE "pod/$POD" --tail=5 x${POD}y', values)).toEqual([
				'kubectl',
				'logs',
				'-n',
				space,
				`pod/${pod}`,
				'--tail=5',
				`x${pod}y`,
			]);
		}),
	);
});

test('whatever is quoted for a shell is read as that very argument, so no metacharacter acts', () => {
	fc.assert(
		fc.property(fc.array(nasty, {minLength: 1, maxLength: 5}), (args) => {
			const code = ['echo', ...args.map((one) => `'${one.replaceAll("'", String.raw`'\''`)}'`)].join(' ');
			expect(argvOf(code)).toEqual(['echo', ...args]);
		}),
	);
});

test('a block without a shell either is refused in words or runs its own letters: nothing is substituted or piped', () => {
	fc.assert(
		fc.property(nasty, (text) => {
			const block = blockOf('', `echo ${text}`);
			const filled = block.kind === 'argv' ? block.commands.flatMap((words) => fillWords(words, {})) : [];
			// Every letter of every argument is in the block: none was made by an expansion.
			const made = filled.flatMap((argument) => argument.split('')).filter((letter) => !`echo ${text}`.includes(letter));
			expect({made, said: block.kind === 'text' ? block.why : filled[0]}).toEqual({made: [], said: expect.stringMatching(/\S/)});
		}),
	);
});

test('an argument printed for reading is the argument when it is read again', () => {
	fc.assert(
		fc.property(nasty, (text) => {
			expect(argvOf(`echo ${printArgument(text)}`)).toEqual(['echo', text]);
		}),
	);
});

test.each([
	['kubectl get pods | grep api', /pipes one program into another: mark the block sh/],
	['echo x > file', /> needs a shell/],
	['echo `id`', /` needs a shell/],
	['echo $(id)', /\$\( needs a shell/],
	['sleep 1 &', /& needs a shell/],
	['a && b', /&& needs a shell/],
	["echo 'x", /never closed/],
	['# only a comment', /no command/],
	['  ', /empty/],
])('%s is not run without a shell', (code, why) => {
	const block = blockOf('', code);
	expect(block).toMatchObject({kind: 'text', why: expect.stringMatching(why)});
});

test('only sh and bash mean a shell; other languages are not run', () => {
	expect(blockOf('sh', 'a | b')).toMatchObject({kind: 'shell', shell: 'sh', script: 'a | b'});
	expect(blockOf('bash', 'a | b')).toMatchObject({kind: 'shell', shell: 'bash'});
	expect(blockOf('console', 'a b')).toMatchObject({kind: 'argv'});
	expect(blockOf('sql', 'SELECT 1')).toEqual({kind: 'text', why: 'a block of sql cannot run from here. Press y to copy it.'});
});

test('prompts are taken off, and what was printed between them is left out', () => {
	const block = blockOf('console', '$ kubectl get pods \\\n    -n x\nNAME READY\n$ date\n');
	expect(block.kind === 'argv' && block.commands.map((words) => fillWords(words, {}))).toEqual([
		['kubectl', 'get', 'pods', '-n', 'x'],
		['date'],
	]);
});

test('a placeholder of a manual is a variable', () => {
	expect(names('', 'kubectl logs <pod-name> -n $NS')).toEqual(['POD_NAME', 'NS']);
	expect(argvOf('kubectl logs <pod-name>', {POD_NAME: 'a; b'})).toEqual(['kubectl', 'logs', 'a; b']);
});

test('variables of a script: what it takes from outside, and whether each place is quoted', () => {
	expect(names('sh', 'kubectl get pod -n "$NAMESPACE" deployment/"$DEPLOYMENT" | tail -5')).toEqual(['NAMESPACE', 'DEPLOYMENT']);
	expect(names('sh', 'echo $POD "$POD"')).toEqual(['POD?']);
	expect(names('sh', 'echo \'$NOT\' "${YES}" # $NEITHER')).toEqual(['YES']);
	expect(names('bash', 'for p in a b; do echo "$p $Q"; done; x=$(id); echo "$x" "${Y:-none}" "$(cat "$Z")"')).toEqual(['Q', 'Z?']);
});

test.each([
	['sh', 'kubectl get pods -n "$NAMESPACE" -o wide', true],
	['sh', 'kubectl -n "$NAMESPACE" --context=x logs "$POD" --previous | grep -i error | tail -20', true],
	['sh', 'kubectl describe pod x\nkubectl get events', true],
	['sh', 'kubectl get pods 2>/dev/null', true],
	['sh', 'kubectl get pods > pods.txt', false],
	['sh', 'kubectl delete pod x', false],
	['sh', 'kubectl get pods && kubectl delete pod x', false],
	['sh', 'kubectl --as-group get delete pods', false],
	['sh', 'kubectl rollout undo deployment/x', false],
	['sh', 'kubectl rollout status deployment/x', true],
	['sh', 'echo $(kubectl delete pod x)', false],
	['sh', 'sort -{o,x} pods.txt', false],
	['', '$VERB pods', false],
	['', 'kubectl <verb> pods', false],
	['', 'aws rds describe-db-instances --query x', true],
	['', 'aws s3 rm s3://x', false],
	['', 'gcloud sql instances describe x --format=json', true],
	['', 'gcloud compute ssh list', false],
	['', 'psql -c "select 1"', false],
	['', 'curl -sS -o /dev/null -w %{http_code} https://x', true],
	['', 'curl -X POST https://x', false],
	['', 'curl -d a=1 https://x', false],
	['', 'curl -w %output{/etc/x}a https://x', false],
	['', 'sort -ofile file', false],
	['', 'uniq in out', false],
	['', 'constructor x', false],
	['', 'kubectl exec -n "$NAMESPACE" "$POD" -c app -- df -h', true],
	['', 'kubectl exec "$POD" -- rm -r /data', false],
	['', 'kubectl exec "$POD" -- sh -c "df -h"', false],
	['', 'kubectl exec "$POD" -- "$PROGRAM"', false],
	['', 'kubectl exec -it "$POD" -- cat', false],
	['', 'kubectl exec "$POD" df', false],
	['', 'gh api "repos/$REPOSITORY/dependabot/alerts?state=open" --jq .x', true],
	['', 'gh api -X DELETE repos/x/y', false],
	['', 'gh api repos/x/y -fa=b', false],
	['', 'gh api graphql --field query=x', false],
	['', 'gh pr merge 1', false],
	['', 'stripe get /v1/events --live -d limit=20', true],
	['', 'stripe events resend evt_1', false],
	['', 'docker manifest inspect x', true],
	['sh', 'openssl s_client -connect "$HOST":443 </dev/null 2>/dev/null | openssl x509 -noout -enddate', true],
	['sh', 'kubectl get secret x -o name | base64 -d', true],
	['sh', 'base64 -o file x', false],
	['sh', 'cat </etc/passwd', false],
	['', 'cat </dev/null', '> needs a shell: mark the block sh in the runbook to run it through one'],
])('%s block %s is known to only read: %s', (language, code, known) => {
	expect(reads(language, code)).toBe(known);
});

test('a value from a row is taken only where nothing could be hidden in it', () => {
	const pod = {name: 'POD_NAME', quoted: true};
	expect(knownValue(pod, {POD: 'api-54fb9-n4vkg'})).toBe('api-54fb9-n4vkg');
	for (const value of ['$(id)', '`id`', '--all', 'a;b', "a'b", 'a\nb', '', 'a|b', '\u001B[31m'])
		expect(knownValue(pod, {POD: value})).toBeUndefined();
	expect(knownValue({name: 'NOTE', quoted: false}, {NOTE: 'two words'})).toBeUndefined();
	expect(knownValue({name: 'NOTE', quoted: true}, {NOTE: 'two words'})).toBe('two words');
});

test('a typed value is refused where a program or a shell would take it for something else', () => {
	expect(valueProblem({name: 'POD', quoted: true}, '--all')).toMatch(/begins with a dash/);
	expect(valueProblem({name: 'POD', quoted: false}, 'a b')).toMatch(/in quotes/);
	expect(valueProblem({name: 'POD', quoted: true}, 'a b; c')).toBeUndefined();
});

test('lexing never throws and always ends', () => {
	fc.assert(
		fc.property(nasty, fc.boolean(), (text, placeholders) => {
			expect(lexCommands(text, {placeholders})).toBeTypeOf('object');
		}),
	);
});
